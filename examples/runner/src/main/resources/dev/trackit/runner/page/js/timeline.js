/** What happened in a notebook, in order, as it happens. */

import {notice} from './notice.js';
import {count} from './format.js';
import {fileName, trackButton} from './picker-row.js';
import {TimelineData} from './timeline-data.js';
import {TimelineFilter} from './timeline-filter.js';
import {TimelineRows} from './timeline-row.js';
import {setTracking} from './tracking.js';
import {button, clear, el, emptyState, errorState, icon, skeleton} from './ui.js';
import {WindowedList} from './windowed.js';

const NEAR_END = 60;
const SAY_AFTER = 3000;

/** Opens the view; see the contract of views in main.js. */
export function open(root, context) {
  const view = new Timeline(root, context);
  view.load();
  return {
    update: (query) => view.update(query),
    close: () => view.close(),
    focusSearch: () => view.filter.search.focusInput(),
  };
}

class Timeline {
  #context;
  #data;
  #rows;
  #list;
  #body = el('div', {class: 'timeline-body'});
  #count = el('span', {class: 'muted num timeline-count', role: 'status'});
  #track = el('span');
  #pill = el('div', {class: 'timeline-pill', hidden: true});
  #unseen = 0;
  #follows = true;
  #fresh = new Set();
  #frame = 0;
  #target = null;
  #said = {timer: 0, executions: 0, failed: 0};
  #key = '';

  constructor(root, context) {
    this.#context = context;
    this.#rows = new TimelineRows({
      filter: (changes) => context.setQuery({...changes, execution: null, seq: null}, {replace: false}),
      lineageOf: (entry) => context.address('lineage', {execution: entry.sequence}),
      linkTo: (entry) => context.address('timeline', {execution: entry.sequence}),
      refresh: (id) => this.#list.refresh(id),
      fetchWhole: (entry) => this.#fetchWhole(entry),
    });
    this.#list = new WindowedList({
      label: 'Timeline',
      role: 'feed',
      class: 'timeline',
      id: (entry) => entry.id,
      estimate: (entry) => this.#rows.estimate(entry, this.#rem),
      render: (entry) => this.#render(entry),
      onScroll: () => this.#scrolled(),
      sticks: () => this.#follows,
    });
    this.#data = new TimelineData(context.api, context.signal, (change) => this.#changed(change));
    this.filter = new TimelineFilter(context.query, (changes) => context.setQuery({...changes, execution: null, seq: null}));
    root.classList.add('pane');
    root.append(
      el('header', {class: 'toolbar timeline-bar'}, el('h1', {class: 'sr-only'}, `Timeline of ${fileName(context.info)}`), this.filter.node, el('span', {class: 'row timeline-tools'}, this.filter.clear, this.#count, this.#track)),
      this.#body,
    );
    clear(this.#body, skeleton(9));
    this.#showTracking();
    this.#listen();
    this.#addKeys();
  }

  get #rem() {
    return parseFloat(getComputedStyle(document.documentElement).fontSize);
  }

  /** Loads what the address asks for. */
  async load() {
    const query = this.#context.query;
    this.#key = filterKey(query);
    this.#rows.search = query.get('q');
    this.#rows.language = this.#context.info?.language;
    this.#target = query.get('execution') ?? query.get('seq');
    this.#follows = !this.#target;
    try {
      const page = await this.#data.load(query);
      this.filter.suggest(page.variables ?? []);
      await this.#goToTarget();
    } catch (failure) {
      this.#failed(failure);
    }
  }

  #failed(failure) {
    if (failure.name !== 'AbortError') {
      clear(this.#body, errorState(failure, {retry: () => this.load()}));
    }
  }

  async #reload() {
    try {
      await this.#data.load(this.#context.query);
    } catch (failure) {
      console.warn('The timeline could not be loaded again', failure);
    }
  }

  update(query) {
    this.filter.show(query);
    const target = query.get('execution') ?? query.get('seq');
    if (filterKey(query) !== this.#key) {
      this.load();
    } else if (target) {
      this.#target = target;
      this.#goToTarget().catch((failure) => this.#failed(failure));
    }
  }

  close() {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#said.timer);
    this.#list.close();
  }

  #listen() {
    const {events} = this.#context;
    events.on('entry', (entry) => this.#data.happened(entry));
    events.on('amended', (entry) => this.#data.happened(entry));
    events.on('lineage', () => this.#data.catchUp());
    events.on('resume', ({reset}) => (reset ? this.#reload() : this.#data.catchUp()));
    events.on('notebook', (data) => {
      if (data?.id === this.#context.notebook) {
        this.#context.info = {...this.#context.info, ...data};
        this.#showTracking();
      }
    });
  }

  #changed({first, added, live}) {
    if (live && !first) {
      const executions = added.filter((entry) => entry.kind === 'execution');
      executions.forEach((entry) => this.#fresh.add(entry.id));
      this.#say(executions);
      if (!this.#follows) {
        this.#unseen += executions.length;
      }
    }
    if (first) {
      this.#unseen = 0;
      this.#draw(true);
    } else {
      this.#frame ||= requestAnimationFrame(() => {
        this.#frame = 0;
        this.#draw(false);
      });
    }
  }

  #draw(first) {
    const entries = this.#data.entries;
    this.#count.textContent = this.#data.isFiltered ? `${count(this.#data.total)} found` : count(this.#data.executions, 'execution');
    if (entries.length === 0) {
      clear(this.#body, this.#nothing());
      return;
    }
    if (!this.#list.node.isConnected) {
      clear(this.#body, this.#list.node, this.#pill);
    }
    const follow = this.#follows;
    const items = withDays(inTime(entries));
    if (!this.#data.isFiltered && !this.#data.hasOlder && !entries.some((entry) => entry.kind === 'execution')) {
      items.push({kind: 'hint', id: `hint ${this.#context.info?.tracked}`});
    }
    this.#list.set(items, {anchor: !follow});
    if (follow) {
      this.#list.showEnd();
    }
    this.#showPill();
  }

  #render(entry) {
    if (entry.kind === 'hint') {
      return el('article', {class: 'entry-hint', 'aria-label': 'What to do'}, this.#nothing());
    }
    const node = this.#rows.row(entry);
    if (this.#fresh.delete(entry.id)) {
      node.classList.add('entry-fresh');
    }
    if (this.#target !== null && String(entry.sequence) === this.#target && entry.kind === 'execution') {
      node.classList.add('entry-target');
    }
    return node;
  }

  async #fetchWhole(entry) {
    const {api, signal} = this.#context;
    try {
      this.#data.replace(await api.get(api.at(`executions/${entry.sequence}`), {signal}));
    } catch (failure) {
      if (failure.name !== 'AbortError') {
        notice(`${failure.what ?? failure.message}. ${failure.todo ?? ''}`, {kind: 'bad'});
      }
    }
  }

  async #goToTarget() {
    const target = this.#target;
    if (target === null) {
      return;
    }
    this.#follows = false;
    const found = await this.#data.find((entry) => entry.kind === 'execution' && String(entry.sequence) === target);
    if (this.#target !== target) {
      return;
    }
    if (!found) {
      notice(`Execution ${target} is not among these. Clear the filters, or look at the other notebooks.`, {kind: 'bad'});
      return;
    }
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#draw(false);
    this.#body.querySelectorAll('.entry-target').forEach((node) => node.classList.remove('entry-target'));
    this.#list.refresh(found.id);
    this.#list.show(found.id, {align: 'center', focus: true});
  }

  #scrolled() {
    this.#follows = this.#list.toEnd < NEAR_END;
    if (this.#follows) {
      this.#unseen = 0;
    }
    if (this.#list.node.scrollTop < 2000 && this.#data.hasOlder && this.#data.entries.length >= 20_000) {
      this.#data.older().catch(() => {});
    }
    this.#showPill();
  }

  #showPill() {
    const hide = this.#follows || this.#list.items.length === 0;
    if (hide !== this.#pill.hidden || this.#pill.dataset.unseen !== String(this.#unseen)) {
      this.#pill.hidden = hide;
      this.#pill.dataset.unseen = this.#unseen;
      clear(this.#pill, button({
        label: this.#unseen ? count(this.#unseen, 'new execution') : 'Newest',
        icon: 'arrowDown',
        kind: this.#unseen ? 'primary' : null,
        onClick: () => this.#toEnd(),
      }));
    }
  }

  #toEnd() {
    this.#follows = true;
    this.#unseen = 0;
    this.#list.showEnd();
    this.#showPill();
  }

  #say(executions) {
    this.#said.executions += executions.length;
    this.#said.failed += executions.filter((entry) => entry.status === 'error').length;
    if (executions.length > 0 && !this.#said.timer) {
      this.#said.timer = setTimeout(() => {
        const {executions: n, failed} = this.#said;
        this.#context.announce(`${count(n, 'new execution')}${failed ? `, ${failed} failed` : ''}.`);
        this.#said = {timer: 0, executions: 0, failed: 0};
      }, SAY_AFTER);
    }
  }

  #nothing() {
    if (this.#data.isFiltered) {
      return emptyState({
        icon: 'filter',
        title: 'Nothing fits these filters',
        text: 'Take a filter back, or choose a longer time.',
        actions: [button({label: 'Clear all filters', icon: 'close', onClick: () => this.filter.reset()})],
      });
    }
    const {info} = this.#context;
    return info?.tracked
      ? emptyState({icon: 'timeline', title: 'Nothing has run yet', text: `Run a cell of ${fileName(info)} in Jupyter, VS Code or another front end: it appears here within a second. You change nothing in the notebook.`})
      : emptyState({
        icon: 'eye',
        title: 'This notebook is not tracked',
        text: 'Start tracking, then run its cells as always: each execution appears here as it happens.',
        actions: [button({label: 'Start tracking', icon: 'play', kind: 'primary', onClick: () => this.#setTracking(true)})],
      });
  }

  #showTracking() {
    if (this.#context.info) {
      clear(this.#track, trackButton(this.#context.info, (on) => this.#setTracking(on)));
    }
    if (this.#body.querySelector('.empty')) {
      this.#draw(true);
    }
  }

  async #setTracking(on) {
    try {
      await setTracking(this.#context.notebook, on);
      this.#context.info = {...this.#context.info, tracked: on};
      this.#showTracking();
      this.#track.firstElementChild?.focus();
      this.#context.announce(on ? 'The notebook is tracked.' : 'The notebook is no longer tracked.');
    } catch (failure) {
      notice(`${failure.what ?? failure.message}. ${failure.todo ?? ''}`, {kind: 'bad'});
    }
  }

  #addKeys() {
    const add = (key, help, run) => this.#context.keys.add({key, help, group: 'Timeline', run});
    add('j', 'Next execution', () => this.#step(1));
    add('k', 'Previous execution', () => this.#step(-1));
    add('e', 'Next failed execution', () => this.#step(1, (entry) => entry.status === 'error'));
    add('E', 'Previous failed execution', () => this.#step(-1, (entry) => entry.status === 'error'));
    add('o', 'Show all of its code, or less', () => {
      const entry = this.#list.itemOf(document.activeElement);
      if (entry) {
        this.#rows.toggle(entry.id);
        this.#list.row(entry.id)?.focus({preventScroll: true});
      }
    });
    add('G', 'Newest', () => this.#toEnd());
  }

  #step(by, fits = (entry) => entry.kind === 'execution') {
    const items = this.#list.items;
    const now = this.#list.itemOf(document.activeElement);
    let at = now ? this.#list.indexOf(now.id) + by : this.#list.indexOf(this.#list.first()?.id);
    while (at >= 0 && at < items.length && !fits(items[at])) {
      at += by;
    }
    if (at >= 0 && at < items.length) {
      this.#follows = false;
      this.#list.show(items[at].id, {align: 'nearest', focus: true});
    }
  }
}

function filterKey(query) {
  const rest = new URLSearchParams(query);
  rest.delete('execution');
  rest.delete('seq');
  rest.sort();
  return rest.toString();
}

/* Who saves at once after a run: the save is often noted before the run, which had ended when it was made. */
function inTime(entries) {
  const all = [...entries];
  for (let i = all.length - 2; i >= 0; i--) {
    for (let at = i; all[at].kind === 'save' && endOf(all[at + 1]) <= Date.parse(all[at].at); at++) {
      [all[at], all[at + 1]] = [all[at + 1], all[at]];
    }
  }
  return all;
}

function endOf(entry) {
  return entry?.kind === 'execution' && entry.durationMillis !== null ? Date.parse(entry.at) + entry.durationMillis : Infinity;
}

/* A heading before the first entry of each day. */
function withDays(entries) {
  const items = [];
  let last = '';
  for (const entry of entries) {
    const date = entry.at ? new Date(entry.at).toDateString() : last;
    if (date !== last) {
      items.push(dayOf(date, entry.at));
      last = date;
    }
    items.push(entry);
  }
  return items;
}

const days = new Map();

/* The same object for the same day, so that its row stays. */
function dayOf(date, at) {
  if (!days.has(date)) {
    days.set(date, {kind: 'day', id: `day ${date}`, at});
  }
  return days.get(date);
}
