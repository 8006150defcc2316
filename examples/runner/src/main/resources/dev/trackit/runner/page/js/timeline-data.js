/**
 * The entries of one notebook, as they come: the newest page first, then older ones in the background, and new ones as they happen.
 * An entry is known by its id, so that nothing is there twice; after a lost connection everything after the last known
 * one is asked for again, so that nothing is missing.
 */

const FIRST_PAGE = 200;
const PAGE = 1000;
const IN_BACKGROUND = 20_000;
const SETTLE = 150;

/** Names in the query that choose entries; the same as of the JSON twin. */
export const FILTERS = ['q', 'kind', 'status', 'since', 'until', 'var', 'cell'];

/** Loads and keeps entries; tells when there are others. */
export class TimelineData {
  #api;
  #onChange;
  #signal;
  #filters = {};
  #entries = new Map();
  #before = null;
  #after = null;
  #total = 0;
  #executions = 0;
  #run = null;
  #timer = 0;
  #early = null;
  #sorted = null;

  /**
   * @param {object} api of the notebook
   * @param {AbortSignal} signal ends everything
   * @param {function({first: boolean, added: object[], live: boolean})} onChange
   */
  constructor(api, signal, onChange) {
    this.#api = api;
    this.#signal = signal;
    this.#onChange = onChange;
  }

  /** All entries that were loaded, the oldest first. */
  get entries() {
    this.#sorted ??= [...this.#entries.values()].sort((a, b) => a.order - b.order);
    return this.#sorted;
  }

  /** How many entries fit the filters. */
  get total() {
    return Math.max(this.#total, this.#entries.size);
  }

  /** How many executions fit the filters. */
  get executions() {
    return this.#executions;
  }

  /** Whether older ones are still to be loaded. */
  get hasOlder() {
    return this.#before !== null;
  }

  /** Whether entries are being left out. */
  get isFiltered() {
    return Object.values(this.#filters).some(Boolean);
  }

  /** Loads anew with other filters; throws what the request throws. */
  async load(query) {
    this.#run?.abort();
    const run = new AbortController();
    this.#signal.addEventListener('abort', () => run.abort(), {once: true, signal: run.signal});
    this.#run = run;
    clearTimeout(this.#timer);
    this.#filters = Object.fromEntries(FILTERS.map((name) => [name, query.get(name)]));
    const early = {entries: [], isBehind: false};
    this.#early = early;
    let page;
    try {
      page = await this.#ask({limit: FIRST_PAGE}, run);
    } finally {
      if (this.#early === early) {
        this.#early = null;
      }
    }
    this.#entries = new Map(early.entries.map((entry) => [entry.id, entry]));
    this.#sorted = null;
    this.#keep(page.entries);
    this.#before = page.before ?? null;
    this.#after = page.after ?? null;
    this.#counted(page);
    this.#onChange({first: true, added: page.entries, live: false});
    if (early.entries.length > 0) {
      // Whether the page or the event knew more of an entry, nobody can tell: it is asked for again.
      this.#again(Math.min(...early.entries.map((entry) => entry.order ?? 0)));
    } else if (early.isBehind) {
      this.catchUp();
    }
    this.#inBackground(run);
    return page;
  }

  /** Loads older ones until one fits; null if there is none. */
  async find(fits) {
    for (;;) {
      const found = this.entries.find(fits);
      if (found || !this.hasOlder) {
        return found ?? null;
      }
      await this.older();
    }
  }

  /** Loads a page of older ones. */
  async older() {
    const run = this.#run;
    if (!this.hasOlder) {
      return;
    }
    const asked = this.#before;
    const page = await this.#ask({before: asked, limit: PAGE}, run);
    if (run === this.#run && asked === this.#before) {
      this.#keep(page.entries);
      this.#before = page.before ?? null;
      this.#onChange({first: false, added: page.entries, live: false});
    }
  }

  /** An entry that happened. With filters only the program knows whether it fits: it is asked. */
  happened(entry) {
    if (!entry?.id || this.#run === null) {
      return;
    }
    if (this.isFiltered) {
      this.catchUp();
      return;
    }
    if (this.#early) {
      this.#early.entries.push(entry);
      return;
    }
    const isNew = !this.#entries.has(entry.id);
    this.#keep([entry]);
    this.#total += isNew ? 1 : 0;
    this.#executions += isNew && entry.kind === 'execution' ? 1 : 0;
    this.#onChange({first: false, added: isNew ? [entry] : [], live: true});
  }

  /** Puts an entry in the place of what is known of it. */
  replace(entry) {
    this.#keep([entry]);
    this.#onChange({first: false, added: [], live: false});
  }

  /** Asks for what came after the last known entry. */
  catchUp() {
    clearTimeout(this.#timer);
    if (this.#early) {
      this.#early.isBehind = true;
      return;
    }
    this.#timer = setTimeout(() => this.#tail(this.#run, this.#whereToGoOn()).catch(() => {}), SETTLE);
  }

  #again(order) {
    this.#tail(this.#run, order > 0 ? String(order - 1) : '').catch(() => {});
  }

  /* From the first of which it is not known yet what it read and wrote, else from the last known. */
  #whereToGoOn() {
    const open = this.entries.find((entry) => entry.analysed === false);
    return open && open.order > 0 ? String(open.order - 1) : this.#after ?? '';
  }

  async #tail(run, first) {
    let from = first;
    for (let more = true; more && run && !run.signal.aborted;) {
      const page = await this.#ask({after: from, limit: PAGE}, run);
      if (run !== this.#run) {
        return;
      }
      const added = page.entries.filter((entry) => !this.#entries.has(entry.id));
      this.#keep(page.entries);
      more = page.next !== null && page.next !== undefined;
      from = String(page.next ?? '');
      this.#after = page.after ?? this.#after;
      this.#counted(page);
      if (page.entries.length > 0) {
        this.#onChange({first: false, added, live: true});
      }
    }
  }

  async #inBackground(run) {
    try {
      while (run === this.#run && this.hasOlder && this.#entries.size < IN_BACKGROUND) {
        await new Promise((resolve) => (window.requestIdleCallback ?? setTimeout)(resolve, {timeout: 500}));
        await this.older();
      }
    } catch (failure) {
      if (failure.name !== 'AbortError') {
        console.warn('Older entries could not be loaded', failure);
      }
    }
  }

  #counted({total, totalEntries}) {
    this.#executions = total ?? 0;
    this.#total = totalEntries ?? this.#executions;
  }

  #ask(params, run) {
    return this.#api.get(this.#api.at('timeline'), {params: {...this.#filters, ...params}, signal: run?.signal});
  }

  #keep(entries) {
    for (const entry of entries) {
      this.#entries.set(entry.id, entry);
    }
    this.#sorted = null;
  }
}
