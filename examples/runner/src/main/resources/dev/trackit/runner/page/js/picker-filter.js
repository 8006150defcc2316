/** What the picker shows and in which order: the same names in the query as its JSON twin takes. */

import {moment} from './moments.js';

/** The states to filter by. */
export const STATES = [
  {value: '', text: 'All'},
  {value: 'running', text: 'Kernel running'},
  {value: 'tracked', text: 'Tracked'},
  {value: 'recorded', text: 'Recorded'},
  {value: 'problem', text: 'Problems'},
];

const HAS = {
  running: (notebook) => Boolean(notebook.kernel),
  tracked: (notebook) => notebook.tracked,
  recorded: (notebook) => notebook.executions > 0,
  problem: (notebook) => Boolean(notebook.problem),
};

/** A choice of filters; immutable. */
export class PickerFilter {
  /** Reads it from a query. */
  static of(query) {
    const filter = new PickerFilter();
    filter.q = query.get('q') ?? '';
    filter.state = query.get('state') ?? '';
    filter.since = query.get('since') ?? '';
    filter.until = query.get('until') ?? '';
    filter.tag = query.get('tag') ?? '';
    filter.sort = query.get('sort') ?? '';
    filter.minCells = query.get('minCells');
    filter.maxCells = query.get('maxCells');
    return Object.freeze(filter);
  }

  /** Those of the notebooks that fit, in the chosen order. */
  apply(notebooks) {
    const words = this.q.toLowerCase().split(/\s+/).filter(Boolean);
    const since = moment(this.since);
    const until = moment(this.until, true);
    const fits = (notebook) => {
      const at = notebook.lastActivity ?? notebook.modified;
      const when = at ? Date.parse(at) : null;
      const text = `${notebook.name} ${(notebook.tags ?? []).join(' ')}`.toLowerCase();
      return words.every((word) => text.includes(word))
        && (!HAS[this.state] || HAS[this.state](notebook))
        && (since === null || (when !== null && when >= since))
        && (until === null || (when !== null && when < until))
        && (!this.tag || (notebook.tags ?? []).includes(this.tag))
        && (!this.minCells || notebook.cells >= Number(this.minCells))
        && (!this.maxCells || notebook.cells <= Number(this.maxCells));
    };
    return notebooks.filter(fits).sort(ORDERS[this.sort] ?? ORDERS['']);
  }
}

const byName = (a, b) => a.name.localeCompare(b.name, undefined, {numeric: true});
const activity = (notebook) => Date.parse(notebook.lastActivity ?? notebook.modified ?? 0) || 0;
const ORDERS = {
  '': (a, b) => Number(Boolean(b.kernel)) - Number(Boolean(a.kernel)) || activity(b) - activity(a) || byName(a, b),
  name: byName,
  cells: (a, b) => (b.cells ?? -1) - (a.cells ?? -1) || byName(a, b),
  executions: (a, b) => b.executions - a.executions || byName(a, b),
};
