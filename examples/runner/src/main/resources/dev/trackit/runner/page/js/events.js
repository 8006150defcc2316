/**
 * The live stream of the program. The browser resumes a lost one by Last-Event-ID; where it gives up (the program
 * was started anew), this opens another after the last id it has seen. After each loss `resume` is told, and views fetch again
 * what comes after the last they have (all of it after a `reset`: the program does not know any more where the stream was): together with entries that are known by their ids, nothing is missing and nothing twice.
 *
 * A page in the background lets go of its stream after a while: browsers allow six connections to one host, and more
 * than six open pages would block each other.
 */

import {withQuery} from './api.js';

const TYPES = ['hello', 'reset', 'entry', 'amended', 'notebook', 'lineage', 'state', 'replay', 'summary'];
const REST_AFTER = 20_000;
const WAITS = [500, 1000, 2000, 4000, 8000];

/** One stream, of one notebook or of all; states are `connecting`, `live`, `lost` and `resting`. */
export class Events {
  #address;
  #listeners = new Map();
  #source = null;
  #last = '';
  #state = 'connecting';
  #tries = 0;
  #wasLost = false;
  #retry = 0;
  #rest = 0;
  #closed = false;
  #onState;
  #visibility = () => this.#visible();

  /**
   * @param {string|null} notebook of which events are wanted; null for all
   * @param {function(string)} onState told when the state of the connection changes
   */
  constructor(notebook, onState) {
    this.#address = withQuery('/events', {notebook});
    this.#onState = onState;
    document.addEventListener('visibilitychange', this.#visibility);
    this.#open();
  }

  /** How the connection is. */
  get state() {
    return this.#state;
  }

  /** Calls `listener` with the data of each event of a type; returns a function that ends it. */
  on(type, listener) {
    const all = this.#listeners.get(type) ?? new Set();
    all.add(listener);
    this.#listeners.set(type, all);
    return () => all.delete(listener);
  }

  /** Tries at once, if the connection is lost. */
  retry() {
    if (this.#state === 'lost') {
      this.#open();
    }
  }

  /** Ends the stream. */
  close() {
    this.#closed = true;
    document.removeEventListener('visibilitychange', this.#visibility);
    clearTimeout(this.#retry);
    clearTimeout(this.#rest);
    this.#source?.close();
    this.#listeners.clear();
  }

  #open() {
    clearTimeout(this.#retry);
    this.#source?.close();
    const address = new URL(this.#address, location.origin);
    if (this.#last) {
      address.searchParams.set('after', this.#last);
    }
    const source = new EventSource(address);
    this.#source = source;
    source.addEventListener('open', () => this.#opened());
    source.addEventListener('error', () => this.#failed(source));
    for (const type of TYPES) {
      source.addEventListener(type, (event) => this.#received(type, event));
    }
  }

  #opened() {
    this.#tries = 0;
    this.#become('live');
    if (this.#wasLost) {
      this.#wasLost = false;
      this.#tell('resume', {reset: false});
    }
  }

  #failed(source) {
    if (this.#closed || source !== this.#source) {
      return;
    }
    this.#wasLost = true;
    this.#become('lost');
    if (source.readyState === EventSource.CLOSED) {
      const wait = WAITS[Math.min(this.#tries, WAITS.length - 1)];
      this.#tries += 1;
      clearTimeout(this.#retry);
      this.#retry = setTimeout(() => this.#open(), wait);
    }
  }

  #received(type, event) {
    if (event.lastEventId) {
      this.#last = event.lastEventId;
    }
    let data = null;
    try {
      data = event.data ? JSON.parse(event.data) : null;
    } catch (failure) {
      console.error(`The event ${type} could not be read`, failure);
      return;
    }
    this.#tell(type, data);
    if (type === 'reset') {
      this.#tell('resume', {reset: true});
    }
  }

  #tell(type, data) {
    for (const listener of [...(this.#listeners.get(type) ?? [])]) {
      try {
        listener(data);
      } catch (failure) {
        console.error(`A listener to ${type} failed`, failure);
      }
    }
  }

  #visible() {
    clearTimeout(this.#rest);
    if (document.hidden) {
      this.#rest = setTimeout(() => {
        this.#source?.close();
        clearTimeout(this.#retry);
        this.#wasLost = true;
        this.#become('resting');
      }, REST_AFTER);
    } else if (this.#state === 'resting') {
      this.#open();
    }
  }

  #become(state) {
    if (state !== this.#state) {
      this.#state = state;
      this.#onState?.(state);
    }
  }
}
