/** The notebooks of the watched folder: find one, see whether its kernel runs, start and stop tracking it. */

import {PickerFilter, STATES} from './picker-filter.js';
import {fileName, notebookRow} from './picker-row.js';
import {count} from './format.js';
import {notice} from './notice.js';
import {button, clear, el, emptyState, errorState, searchBox, segmented, select, skeleton, input} from './ui.js';
import {timespan} from './timespan.js';
import {setTracking} from './tracking.js';
import {WindowedList} from './windowed.js';

const ROW = 52;
const SORTS = [
  {value: '', text: 'Last activity'},
  {value: 'name', text: 'Name'},
  {value: 'cells', text: 'Cells'},
  {value: 'executions', text: 'Executions'},
];

/** Opens the view; see the contract of views in main.js. */
export function open(root, context) {
  const view = new Picker(root, context);
  view.load();
  return {
    update: (query) => view.update(query),
    close: () => view.close(),
    focusSearch: () => view.search.focusInput(),
  };
}

class Picker {
  #context;
  #notebooks = new Map();
  #folder = '';
  #filter;
  #list;
  #body = el('div', {class: 'picker-body'});
  #summary = el('p', {class: 'picker-summary muted'});
  #found = el('span', {class: 'muted num', role: 'status'});
  #frame = 0;
  #early = null;
  #clock;

  constructor(root, context) {
    this.#context = context;
    this.#filter = PickerFilter.of(context.query);
    this.#list = new WindowedList({
      label: 'Notebooks',
      id: (notebook) => notebook.id,
      estimate: () => ROW * (parseFloat(getComputedStyle(document.documentElement).fontSize) / 16),
      render: (notebook) => notebookRow(notebook, (on) => this.#track(notebook.id, on)),
    });
    this.#list.node.addEventListener('keydown', (event) => this.#key(event));
    root.classList.add('pane', 'picker');
    root.append(this.#head(), this.#body);
    clear(this.#body, skeleton(12));
    context.events.on('notebook', (data) => this.#changed(data));
    context.events.on('resume', () => this.load());
    this.#addKeys();
    this.#clock = setInterval(() => this.#list.items.forEach((one) => this.#list.refresh(one.id)), 60_000);
  }

  /** Asks for all notebooks; filters then work here, at once. */
  async load() {
    const early = [];
    this.#early = early;
    try {
      const answer = await this.#context.api.get('/', {signal: this.#context.signal});
      if (this.#early !== early) {
        return;
      }
      this.#folder = answer.folder;
      this.#notebooks = new Map(answer.notebooks.map((notebook) => [notebook.id, notebook]));
      this.#early = null;
      early.forEach((data) => this.#changed(data));
      this.#show();
    } catch (failure) {
      if (failure.name !== 'AbortError' && this.#early === early) {
        clear(this.#body, errorState(failure, {retry: () => this.load()}));
      }
    }
  }

  update(query) {
    this.#filter = PickerFilter.of(query);
    this.search.setValue(this.#filter.q);
    this.states.choose(this.#filter.state);
    this.time.show(this.#filter.since, this.#filter.until);
    this.tag.value = this.#filter.tag;
    this.sort.value = this.#filter.sort;
    this.#show();
  }

  close() {
    clearInterval(this.#clock);
    cancelAnimationFrame(this.#frame);
    this.#list.close();
  }

  #head() {
    const filter = this.#filter;
    const set = (changes) => this.#context.setQuery(changes);
    this.search = searchBox({label: 'Search notebooks', placeholder: 'Search by name, folder or tag', key: '/', value: filter.q, onInput: (q) => set({q})});
    this.search.addEventListener('keydown', (event) => {
      if (event.key === 'ArrowDown' || event.key === 'Enter') {
        event.preventDefault();
        this.#focus(0);
      }
    });
    this.states = segmented({label: 'State', options: STATES, value: filter.state, onChange: (state) => set({state})});
    this.time = timespan({label: 'Last activity', since: filter.since, until: filter.until, onChange: set});
    this.tag = select({label: 'Tag', options: [{value: '', text: 'Any tag'}], value: '', onChange: (tag) => set({tag})});
    this.sort = select({label: 'Sort by', options: SORTS, value: filter.sort, onChange: (sort) => set({sort})});
    const cells = (name, label) => input({type: 'number', label, placeholder: label.includes('least') ? 'from' : 'to', min: 0, value: filter[name] ?? '', onChange: (value) => set({[name]: value})});
    return el(
      'header',
      {class: 'picker-head'},
      el(
        'div',
        {class: 'picker-title'},
        el('h1', null, 'Notebooks'),
        this.#summary,
        el('span', {class: 'spread'}),
        this.#found,
        el('span', {class: 'row'}, el('span', {class: 'field-label', 'aria-hidden': 'true'}, 'Sort'), this.sort),
      ),
      el(
        'div',
        {class: 'picker-filters', role: 'search'},
        this.search,
        this.states,
        this.time,
        el('span', {class: 'row picker-cells'}, el('span', {class: 'field-label'}, 'Cells'), cells('minCells', 'Cells, at least'), el('span', {class: 'muted'}, '–'), cells('maxCells', 'Cells, at most')),
        this.tag,
      ),
    );
  }

  #show() {
    const all = [...this.#notebooks.values()];
    const shown = this.#filter.apply(all);
    this.#tags(all);
    const running = all.filter((notebook) => notebook.kernel).length;
    const tracked = all.filter((notebook) => notebook.tracked).length;
    clear(
      this.#summary,
      el('span', {class: 'mono picker-folder'}, this.#folder),
      ` · ${count(all.length, 'notebook')} · ${count(running, 'running kernel')} · ${count(tracked)} tracked`,
    );
    this.#found.textContent = shown.length === all.length ? '' : `${count(shown.length)} of ${count(all.length)}`;
    this.#list.set(shown);
    if (shown.length > 0) {
      if (!this.#list.node.isConnected) {
        clear(this.#body, columnHeads(), this.#list.node);
        this.#list.set(shown);
      }
    } else {
      clear(this.#body, all.length === 0 ? this.#noneThere() : this.#noneFound());
    }
  }

  #tags(all) {
    const tags = [...new Set(all.flatMap((notebook) => notebook.tags ?? []))].sort();
    const known = [...this.tag.options].slice(1).map((option) => option.value);
    if (tags.join('\n') !== known.join('\n')) {
      this.tag.replaceChildren(el('option', {value: ''}, 'Any tag'), ...tags.map((tag) => el('option', {value: tag}, tag)));
    }
    this.tag.value = this.#filter.tag;
    this.tag.hidden = tags.length === 0;
  }

  #noneThere() {
    return emptyState({
      icon: 'folder',
      title: 'No notebook in this folder yet',
      text: 'Create or open a notebook below the watched folder, in JupyterLab, VS Code or any other front end: it appears here by itself. To watch another folder, start TrackIT there: ',
      where: `${this.#folder}  ·  trackit up FOLDER`,
    });
  }

  #noneFound() {
    return emptyState({
      icon: 'search',
      title: 'No notebook fits these filters',
      text: 'Take a filter back, or search for a part of the name only.',
      actions: [button({label: 'Clear all filters', icon: 'close', onClick: () => this.#context.navigate('/')})],
    });
  }

  #changed(data) {
    // What happens while the list is on its way is newer than the list.
    this.#early?.push(data);
    if (data?.removed) {
      this.#notebooks.delete(data.id);
    } else if (data?.id) {
      this.#notebooks.set(data.id, {...this.#notebooks.get(data.id), ...data});
    }
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#show();
    });
  }

  async #track(id, on) {
    const before = this.#notebooks.get(id);
    const set = (tracked) => this.#changed({id, tracked});
    set(on);
    try {
      await setTracking(id, on);
      this.#context.announce(on ? `${fileName(before)} is tracked.` : `${fileName(before)} is no longer tracked.`);
    } catch (failure) {
      set(before.tracked);
      notice(`${failure.what ?? failure.message}. ${failure.todo ?? ''}`, {kind: 'bad'});
    }
  }

  #addKeys() {
    const group = 'Notebooks';
    this.#context.keys.add({key: 'j', help: 'Next notebook (or ↓)', group, run: () => this.#move(1)});
    this.#context.keys.add({key: 'k', help: 'Previous notebook (or ↑)', group, run: () => this.#move(-1)});
    this.#context.keys.add({key: 't', help: 'Start or stop tracking the notebook in focus', group, run: () => {
      const notebook = this.#current();
      if (notebook) {
        this.#track(notebook.id, !notebook.tracked).then(() => this.#focus(this.#list.indexOf(notebook.id)));
      }
    }});
  }

  #key(event) {
    const step = {ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10}[event.key];
    if (step && this.#current()) {
      event.preventDefault();
      this.#move(step);
    } else if ((event.key === 'Home' || event.key === 'End') && this.#current()) {
      event.preventDefault();
      this.#focus(event.key === 'Home' ? 0 : this.#list.items.length - 1);
    }
  }

  #current() {
    return document.activeElement ? this.#list.itemOf(document.activeElement) : undefined;
  }

  #move(step) {
    const now = this.#current();
    const index = now ? this.#list.indexOf(now.id) + step : 0;
    if (index < 0 && step === -1) {
      this.search.focusInput();
    } else {
      this.#focus(Math.max(0, Math.min(this.#list.items.length - 1, index)));
    }
  }

  #focus(index) {
    const notebook = this.#list.items[index];
    if (notebook) {
      this.#list.show(notebook.id, {align: index === 0 ? 'start' : 'nearest'});
      this.#list.row(notebook.id)?.querySelector('a')?.focus({preventScroll: true});
    }
  }
}

function columnHeads() {
  return el(
    'div',
    {class: 'picker-columns picker-heads', 'aria-hidden': 'true'},
    el('span', null, 'Name'),
    el('span', null, 'Kernel'),
    el('span', {class: 'picker-wide'}, 'Language'),
    el('span', {class: 'picker-number picker-wide'}, 'Cells'),
    el('span', {class: 'picker-number'}, 'Executions'),
    el('span', null, 'Last activity'),
    el('span', null, 'Tracking'),
  );
}
