/**
 * The lineage view: datasets and the steps between them as a picture to walk through, or as a table that says the same.
 *
 * What is shown is in the address: `focus`, `direction` and `depth` choose a part, `expand` opens rows of steps, `node` is what
 * is chosen, `execution` marks what an execution made, `as=table` is the table. The picture itself is laid out by the program.
 */

import {count} from './format.js';
import {LineageCanvas, typeScale} from './lineage-canvas.js';
import {lineagePanel} from './lineage-panel.js';
import {lineageSearch} from './lineage-search.js';
import {lineageTable} from './lineage-table.js';
import {button, callout, clear, el, emptyState, errorState, iconButton, segmented, select, toggle, waiting} from './ui.js';

const MORE = 300;
const QUIET = 300;
const ASKED = ['focus', 'direction', 'depth', 'history', 'limit'];
const READABLE = 0.75;

/** Opens the view; see the contract of views in main.js. */
export function open(root, context) {
  const view = new LineageView(root, context);
  view.load();
  return {
    update: (query) => view.update(query),
    close: () => view.close(),
    focusSearch: () => view.search.focusInput(),
  };
}

class LineageView {
  constructor(root, context) {
    this.context = context;
    this.lineage = null;
    this.text = '';
    this.asked = 0;
    this.timer = 0;
    this.removeKeys = [];
    this.ownFlow = 'right';
    this.flowChosen = false;
    this.canvas = new LineageCanvas({onChoose: (id) => this.choose(id), onOpen: (id) => this.toggleRow(id)});
    this.search = lineageSearch({
      onPick: (id) => this.find(id),
      ask: (find) => context.api.get(context.api.at('lineage'), {params: {find, history: this.query('history')}, signal: context.signal}),
    });
    this.status = el('span', {class: 'lineage-status muted num', role: 'status'});
    this.part = el('div', {class: 'lineage-part'});
    this.notes = el('div', {class: 'lineage-notes'});
    this.stage = el('div', {class: 'lineage-stage'});
    this.side = el('aside', {class: 'side lineage-side', 'aria-label': 'What is chosen', hidden: true});
    this.body = el('div', {class: 'lineage-body'}, el('div', {class: 'lineage-main'}, this.notes, this.stage), this.side);
    root.className = 'pane lineage';
    clear(root, el('h1', {class: 'sr-only'}, 'Lineage'), this.toolbar(), this.body);
    clear(this.stage, waiting(context.info, {lines: 8}));
    this.showFlow();
    context.events.on('lineage', () => this.onNews());
    context.events.on('resume', () => this.onNews());
    this.addKeys();
  }

  toolbar() {
    this.form = segmented({
      label: 'Show as',
      options: [{value: 'picture', text: 'Picture'}, {value: 'table', text: 'Table'}],
      value: this.asTable() ? 'table' : 'picture',
      onChange: (value) => this.context.setQuery({as: value === 'table' ? 'table' : null}),
    });
    this.flow = iconButton({
      icon: 'arrowDown',
      label: 'Let the data flow down instead of across',
      small: true,
      pressed: false,
      onClick: () => this.context.setQuery({flow: this.flowNow() === 'down' ? 'right' : 'down'}),
    });
    this.history = toggle({
      label: 'Replaced too',
      on: this.query('history') === 'true',
      onChange: (on) => this.context.setQuery({history: on ? 'true' : null}),
    });
    this.zoom = el(
      'div',
      {class: 'lineage-zoom', role: 'group', 'aria-label': 'Picture'},
      this.flow,
      iconButton({icon: 'minus', label: 'Zoom out', small: true, onClick: () => this.canvas.zoomBy(1 / 1.25)}),
      iconButton({icon: 'plus', label: 'Zoom in', small: true, onClick: () => this.canvas.zoomBy(1.25)}),
      iconButton({icon: 'fit', label: 'Fit the picture', small: true, onClick: () => this.canvas.fit()}),
    );
    return el('div', {class: 'toolbar lineage-toolbar'}, this.search, this.form, this.part, this.history, this.status, this.zoom);
  }

  addKeys() {
    const add = (key, help, run) => this.removeKeys.push(this.context.keys.add({key, help, run}));
    add('+', 'Zoom in', () => this.canvas.zoomBy(1.25));
    add('-', 'Zoom out', () => this.canvas.zoomBy(1 / 1.25));
    add('0', 'Fit the picture', () => this.canvas.fit());
    add('o', 'Open or close a row of steps', () => this.toggleRow(this.canvas.active));
    add('f', 'Show only the lineage of what is chosen', () => this.canvas.active && this.focusOn(this.canvas.active, 'both'));
    add('v', 'Picture or table', () => this.context.setQuery({as: this.asTable() ? null : 'table'}));
  }

  query(name) {
    return this.context.query.get(name) ?? '';
  }

  asTable() {
    return this.query('as') === 'table';
  }

  /** What the program is asked for. */
  params() {
    const params = {expand: this.context.query.getAll('expand')};
    for (const name of ASKED) {
      params[name] = this.query(name);
    }
    params.flow = this.flowNow();
    return params;
  }

  /** Where the data flows to: as the address says, else so that the picture is readable. */
  flowNow() {
    return this.query('flow') || this.ownFlow;
  }

  showFlow() {
    this.flow.setAttribute('aria-pressed', String(this.flowNow() === 'down'));
  }

  /** A long story is a thin strip across the window; downwards it can be read. The first picture decides, so that later ones do not turn. */
  async chooseFlow(lineage) {
    if (this.query('flow') || this.flowChosen || !lineage.nodes.length) {
      return {lineage, flow: null};
    }
    const fits = ({width, height}) => Math.min(this.stage.clientWidth / width, this.stage.clientHeight / height);
    if (this.asTable() || fits(lineage.picture) > READABLE * typeScale()) {
      return {lineage, flow: 'right'};
    }
    const down = await this.context.api.get(this.context.api.at('lineage'), {params: {...this.params(), flow: 'down'}, signal: this.context.signal});
    if (this.stage.clientWidth / down.picture.width <= this.stage.clientWidth / lineage.picture.width) {
      return {lineage, flow: 'right'};
    }
    return {lineage: down, flow: 'down'};
  }

  async load({quietly = false} = {}) {
    const asked = ++this.asked;
    try {
      const {lineage, flow} = await this.chooseFlow(await this.context.api.get(this.context.api.at('lineage'), {params: this.params(), signal: this.context.signal}));
      if (asked !== this.asked) {
        return;
      }
      if (flow) {
        this.flowChosen = true;
        this.ownFlow = flow;
        this.showFlow();
      }
      const key = JSON.stringify(this.params());
      const text = JSON.stringify(lineage);
      const grown = quietly && text !== this.text;
      if (text !== this.text || key !== this.key) {
        this.text = text;
        this.key = key;
        this.lineage = lineage;
        this.draw();
      }
      if (grown) {
        this.context.announce(`The lineage changed: ${this.told()}.`);
      }
    } catch (error) {
      if (asked === this.asked && error.name !== 'AbortError' && !(quietly && this.lineage)) {
        this.lineage = null;
        clear(this.stage, errorState(error, {retry: () => this.load()}));
      }
    }
  }

  /** Something was executed: what is looked at stays where it is. */
  onNews() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.load({quietly: true}), QUIET);
  }

  update() {
    this.form.choose(this.asTable() ? 'table' : 'picture');
    this.showFlow();
    this.history.set(this.query('history') === 'true');
    if (JSON.stringify(this.params()) !== this.key) {
      this.load();
    } else {
      this.draw();
    }
  }

  draw() {
    const lineage = this.lineage;
    this.status.textContent = this.told();
    this.drawPart();
    this.drawNotes();
    const empty = lineage.nodes.length === 0;
    const table = this.asTable();
    this.zoom.hidden = table || empty;
    if (empty) {
      clear(this.stage, this.nothing());
    } else if (table) {
      clear(this.stage, lineageTable({lineage, chosen: this.chosen()?.id, onChoose: (id) => this.choose(id), linkTo: (run) => this.timelineOf(run)}));
    } else {
      if (this.canvas.node.parentNode !== this.stage) {
        clear(this.stage, this.canvas.node);
      }
      this.canvas.show(lineage, {chosen: this.chosen()?.id, marked: this.marked()});
    }
    this.drawSide();
    if (!table && !empty) {
      this.canvas.revealChosen();
    }
  }

  nothing() {
    return emptyState({
      icon: 'lineage',
      title: 'No data yet',
      text: this.lineage.replaced
        ? 'Nothing of what was made is still there. Switch on “Replaced too” to see what was.'
        : 'When a cell of this notebook reads a file or makes a table, an array or a model, it appears here. Run a cell in Jupyter.',
    });
  }

  told() {
    const {shown, hidden, total, replaced, focus} = this.lineage;
    const parts = [hidden || focus ? `${count(shown)} of ${count(total)} shown` : count(total, 'dataset or step', 'datasets and steps')];
    if (hidden) {
      parts.push(`${count(hidden)} more`);
    }
    if (replaced && !focus && this.query('history') !== 'true') {
      parts.push(`${count(replaced)} replaced`);
    }
    return parts.join(' · ');
  }

  /** Where the picture is about one dataset: which part, how far, and the way back. */
  drawPart() {
    const {focus} = this.lineage;
    this.part.hidden = !focus;
    if (!focus) {
      clear(this.part);
      this.partOf = null;
    } else if (this.partOf !== focus) {
      this.partOf = focus;
      clear(
        this.part,
        segmented({
          label: 'Which part',
          options: [{value: 'up', text: 'Upstream'}, {value: 'both', text: 'Both'}, {value: 'down', text: 'Downstream'}],
          value: this.query('direction') || 'both',
          onChange: (value) => this.context.setQuery({direction: value === 'both' ? null : value}),
        }),
        select({
          label: 'How far',
          options: [['', 'Any distance'], ['1', '1 dataset far'], ['2', '2 datasets far'], ['3', '3 datasets far'], ['5', '5 datasets far']]
            .map(([value, text]) => ({value, text})),
          value: this.query('depth'),
          onChange: (value) => this.context.setQuery({depth: value || null}),
        }),
        button({label: 'Show all', icon: 'close', kind: 'quiet', onClick: () => this.showAll()}),
      );
    }
  }

  drawNotes() {
    const {gaps, hidden, limit, focus} = this.lineage;
    const notes = [];
    const wanted = this.query('focus');
    if (wanted && !focus) {
      notes.push(callout('info', `Nothing here is called ${wanted}. All is shown. `, el('button', {type: 'button', class: 'link', onclick: () => this.showAll()}, 'Forget it')));
    }
    const execution = this.query('execution');
    if (execution && this.marked().size === 0) {
      notes.push(callout('info', `Execution #${execution} made and changed no data that is shown here.`));
    }
    if (gaps.length) {
      const one = gaps.at(-1).detail;
      notes.push(callout('warn', gaps.length === 1 ? `Something could not be seen: ${one}` : `${gaps.length} times something could not be seen, last: ${one}`));
    }
    if (hidden) {
      notes.push(callout(
        'info',
        `${count(hidden)} more would not be readable at once. Search for one, or choose a dataset and show only its lineage. `,
        limit < MORE ? el('button', {type: 'button', class: 'link', onclick: () => this.context.setQuery({limit: String(MORE)})}, `Show up to ${MORE}`) : null,
      ));
    }
    clear(this.notes, notes);
  }

  drawSide() {
    const node = this.chosen();
    this.body.classList.toggle('lineage-with-side', Boolean(node));
    this.side.hidden = !node;
    if (!node) {
      clear(this.side);
      this.sideKey = '';
      return;
    }
    const key = JSON.stringify([node, this.lineage.focus, this.lineage.edges.filter((edge) => edge.from === node.id || edge.to === node.id)]);
    if (key !== this.sideKey) {
      const scrolled = this.sideOf === node.id ? this.side.scrollTop : 0;
      this.sideKey = key;
      this.sideOf = node.id;
      clear(this.side, lineagePanel({
        node,
        lineage: this.lineage,
        context: this.context,
        linkTo: (run) => this.timelineOf(run),
        choose: (id) => this.choose(id, {reveal: true}),
        find: (id) => this.find(id),
        focusOn: (direction) => this.focusOn(node.id, direction),
        toggleRow: () => this.toggleRow(node.id),
        close: () => this.choose(null),
      }));
      this.side.scrollTop = scrolled;
    }
  }

  /** The chosen node, or the row that holds it; null if none is. */
  chosen() {
    const wanted = this.query('node') || this.firstMarked() || (this.query('node') === '' ? this.lineage.focus : null);
    if (!wanted || wanted === 'none') {
      return null;
    }
    return this.lineage.nodes.find((node) => node.id === wanted)
      ?? this.lineage.nodes.find((node) => node.members.some((member) => member.id === wanted)) ?? null;
  }

  /** The nodes that the execution of the address made. */
  marked() {
    const sequence = Number(this.query('execution'));
    const has = (node) => node.runs.some((run) => run.sequence === sequence);
    return new Set(sequence ? this.lineage.nodes.filter(has).map((node) => node.id) : []);
  }

  firstMarked() {
    const marked = this.marked();
    const data = this.lineage.nodes.findLast((node) => marked.has(node.id) && node.kind !== 'file');
    return data?.id ?? null;
  }

  choose(id, {reveal = false} = {}) {
    const node = this.lineage.nodes.find((one) => one.id === id);
    // “none” says that nothing is chosen where the address would choose something by itself.
    this.context.setQuery({node: id ?? (this.lineage.focus || this.query('execution') ? 'none' : null)});
    if (node) {
      if (reveal) {
        this.canvas.reveal(id, {focus: true});
      }
    } else {
      this.canvas.focusActive();
    }
  }

  /** Chooses what search found; what is not drawn becomes the focus. */
  find(id) {
    const shown = this.lineage.nodes.some((node) => node.id === id);
    const row = this.lineage.nodes.find((node) => node.members.some((member) => member.id === id));
    if (shown || row) {
      this.choose(shown ? id : row.id, {reveal: true});
    } else {
      this.focusOn(id, 'both');
    }
  }

  focusOn(id, direction) {
    this.context.setQuery(
      {focus: id, direction: direction === 'both' ? null : direction, node: id, execution: null},
      {replace: false},
    );
  }

  showAll() {
    this.context.setQuery({focus: null, direction: null, depth: null}, {replace: false});
  }

  /** Opens a row of steps, or closes the one that a node belongs to. */
  toggleRow(id) {
    const node = this.lineage?.nodes.find((one) => one.id === id);
    if (!node) {
      return;
    }
    const open = this.context.query.getAll('expand');
    if (node.opened) {
      this.context.setQuery({expand: open.filter((one) => one !== node.opened), node: node.opened});
    } else if (node.members.length) {
      this.context.setQuery({expand: [...open, node.id], node: node.members[0].id});
    }
  }

  timelineOf(run) {
    return this.context.address('timeline', {execution: run.sequence});
  }

  close() {
    clearTimeout(this.timer);
    this.removeKeys.forEach((remove) => remove());
    this.canvas.close();
  }
}
