/** The filters of the timeline: text, kind, status, time, variable and cell; each is a name in the address. */

import {FILTERS} from './timeline-data.js';
import {timespan} from './timespan.js';
import {button, el, freshId, input, searchBox, select} from './ui.js';

const KINDS = [
  ['', 'All kinds'],
  ['execution', 'Executions'],
  ['save', 'Saves'],
  ['gap', 'Gaps'],
];
const STEPS = [
  'source', 'sink', 'selection', 'projection', 'projection-modify', 'join', 'concatenate', 'group-and-aggregate', 'sort', 'deduplicate',
  'drop-missing', 'impute', 'rename', 'cast', 'encode', 'scale', 'bin', 'sample', 'split', 'reshape', 'window', 'feature-extract', 'fit',
  'predict', 'evaluate', 'plot', 'inspect',
];
const STATUSES = [
  {value: '', text: 'Any status'},
  {value: 'ok', text: 'Done'},
  {value: 'error', text: 'Failed'},
  {value: 'aborted', text: 'Interrupted'},
];

/** The row of filters. */
export class TimelineFilter {
  #set;

  /** @param {URLSearchParams} query  @param {function(object)} set changes the address */
  constructor(query, set) {
    this.#set = set;
    const names = freshId('variables');
    this.search = searchBox({label: 'Search code and outputs', placeholder: 'Search code and outputs', key: '/', onInput: (q) => set({q})});
    this.kind = select({label: 'Kind', options: KINDS.map(([value, text]) => ({value, text})), value: '', onChange: (kind) => set({kind})});
    this.kind.append(el('optgroup', {label: 'Executions with a step of'}, STEPS.map((step) => el('option', {value: step}, step))));
    this.status = select({label: 'Status', options: STATUSES, value: '', onChange: (status) => set({status})});
    this.time = timespan({label: 'Time', since: '', until: '', onChange: set});
    this.variable = input({label: 'Variable', placeholder: 'Variable', list: names, class: 'input mono', onChange: (value) => set({var: value.trim()})});
    this.cell = input({type: 'number', label: 'Cell number', placeholder: 'Cell', min: 0, onChange: (cell) => set({cell})});
    this.clear = button({label: 'Clear', icon: 'close', kind: 'quiet', title: 'Clear all filters', onClick: () => this.reset()});
    this.names = el('datalist', {id: names});
    this.node = el('div', {class: 'timeline-filters', role: 'search', 'aria-label': 'Filters'}, this.search, this.kind, this.status, this.time, this.variable, this.names, this.cell);
    this.show(query);
  }

  /** Takes all filters back. */
  reset() {
    this.#set(Object.fromEntries([...FILTERS, 'execution', 'seq'].map((name) => [name, null])));
  }

  /** Shows what the address says. */
  show(query) {
    const value = (name) => query.get(name) ?? '';
    this.search.setValue(value('q'));
    this.kind.value = value('kind');
    this.status.value = value('status');
    this.time.show(value('since'), value('until'));
    this.variable.value = value('var');
    this.cell.value = value('cell');
    for (const control of [this.kind, this.status, this.variable, this.cell]) {
      control.classList.toggle('is-set', control.value !== '');
    }
    this.clear.hidden = !FILTERS.some((name) => query.get(name));
  }

  /** Names to suggest. */
  suggest(names) {
    this.names.replaceChildren(...names.map((name) => el('option', {value: name})));
  }
}
