/** The rows of the timeline: executions, and what happened between them. */

import {codeBlock} from './code.js';
import {clock, count, day, duration, time} from './format.js';
import {outputs} from './outputs.js';
import {badge, button, chip, el, icon} from './ui.js';

const CODE_LINES = 18;
const CHIPS = 10;
const STATUS = {
  ok: {dot: 'good', text: 'Done'},
  error: {dot: 'bad', text: 'Failed', badge: 'bad', icon: 'error'},
  aborted: {dot: 'warn', text: 'Interrupted', badge: 'warn', icon: 'stop'},
  running: {dot: 'info', text: 'Running', badge: 'info', icon: 'play'},
};
const GAPS = {
  attached_late: 'TrackIT came later than the kernel',
  disconnected: 'The connection to the kernel was lost',
  overload: 'There was more than could be taken in',
  kernel_died: 'The kernel died',
  unreadable: 'Something could not be read',
  agent_stopped: 'TrackIT was not running',
  store_failed: 'The log could not be written',
  source_failed: 'The source failed',
  other: 'Something was not seen',
};

/** Makes rows; `actions` are what chips and buttons do. */
export class TimelineRows {
  #open = new Set();
  #actions;
  #search = '';
  #language = 'python';

  /**
   * @param {{filter: function(object), lineageOf: function(object): string, linkTo: function(object): string,
   *     refresh: function(string), fetchWhole: function(object)}} actions
   */
  constructor(actions) {
    this.#actions = actions;
  }

  /** What is searched for: its places are marked. */
  set search(text) {
    this.#search = text ?? '';
  }

  /** The language of the code. */
  set language(name) {
    this.#language = name ?? 'python';
  }

  /** The row of an entry. */
  row(entry) {
    if (entry.kind === 'execution') {
      return this.#execution(entry);
    }
    return entry.kind === 'day' ? dayRow(entry) : eventRow(entry);
  }

  /** The height that it will have, about. */
  estimate(entry, rem) {
    if (entry.kind !== 'execution') {
      return (entry.kind === 'day' ? 2.75 : 2.25) * rem;
    }
    const lines = Math.min(CODE_LINES, 1 + (entry.code.match(/\n/g)?.length ?? 0));
    const text = (entry.outputs ?? []).reduce((sum, output) =>
      sum + (output.mime?.startsWith('image/') ? 16 : 0.8 + 1.2 * Math.min(13, (output.text?.match(/\n/g)?.length ?? 0) + 1)), 0);
    return (5.4 + 1.26 * lines + text + (hasEffects(entry) ? 2.2 : 0)) * rem;
  }

  /** Shows all of it, or folds it. */
  toggle(id, key = id) {
    if (!this.#open.delete(key)) {
      this.#open.add(key);
    }
    this.#actions.refresh(id);
  }

  #execution(entry) {
    const status = STATUS[entry.status] ?? STATUS.ok;
    const folds = {isOpen: (key) => this.#open.has(key), toggle: (key) => this.toggle(entry.id, key), refresh: () => this.#actions.refresh(entry.id), fetchWhole: () => this.#actions.fetchWhole(entry)};
    return el(
      'article',
      {class: `entry entry-${entry.status}${entry.recovered ? ' entry-recovered' : ''}`, tabindex: '-1', 'aria-label': `Execution ${entry.sequence}, ${status.text}, ${entry.at ? clock(entry.at) : 'time unknown'}`},
      this.#gutter(entry, status),
      el(
        'div',
        {class: entry.outputs?.length ? 'entry-card entry-card-out' : 'entry-card'},
        this.#head(entry, status),
        this.#code(entry),
        this.#effects(entry),
        outputs(entry, folds),
        (entry.notes ?? []).length ? el('ul', {class: 'entry-notes'}, entry.notes.map((note) => el('li', null, icon('info', 14), note))) : null,
      ),
    );
  }

  #gutter(entry, status) {
    return el(
      'div',
      {class: 'entry-gutter'},
      el('span', {class: `rail-dot dot-${status.dot}`}),
      entry.at
        ? el('time', {class: 'entry-time num', datetime: entry.at, title: time(entry.at)}, clock(entry.at))
        : el('span', {class: 'entry-time muted'}, 'no time'),
      el('span', {class: 'entry-took num muted'}, entry.durationMillis === null || entry.durationMillis === undefined ? '' : duration(entry.durationMillis)),
    );
  }

  #head(entry, status) {
    const cellName = cellLabel(entry);
    return el(
      'header',
      {class: 'entry-head'},
      el('a', {class: 'entry-count mono', href: this.#actions.linkTo(entry), title: `Link to execution ${entry.sequence}`}, entry.count === null || entry.count === undefined ? '[ ]' : `[${entry.count}]`),
      entry.cellIndex === null || entry.cellIndex === undefined
        ? el('span', {class: 'muted'}, cellName)
        : el('button', {type: 'button', class: 'entry-cell', title: 'Only this cell', onclick: () => this.#actions.filter({cell: String(entry.cellIndex)})}, cellName),
      entry.label ? badge(entry.label) : null,
      (entry.kinds ?? []).filter((kind) => kind !== 'other').map((kind) =>
        el('button', {type: 'button', class: 'entry-kind', title: `Only steps of kind ${kind}`, onclick: () => this.#actions.filter({kind})}, kind)),
      el('span', {class: 'spread'}),
      entry.recovered ? el('span', {title: 'Taken from the kernel’s history or the saved file: it was not seen as it happened.'}, badge('Recovered', 'note', 'recovered')) : null,
      status.badge ? badge(status.text, status.badge, status.icon) : null,
      el('span', {class: 'muted num entry-sequence', title: 'Its number in the record'}, `#${entry.sequence}`),
      hasEffects(entry) ? el('a', {class: 'button button-quiet button-icon button-small', href: this.#actions.lineageOf(entry), title: 'Show in the lineage', 'aria-label': `Execution ${entry.sequence} in the lineage`}, icon('lineage', 14)) : null,
    );
  }

  #code(entry) {
    const lines = 1 + (entry.code.match(/\n/g)?.length ?? 0);
    const isLong = lines > CODE_LINES + 3;
    const isOpen = this.#open.has(entry.id);
    const shown = isLong && !isOpen ? entry.code.split('\n', CODE_LINES).join('\n') : entry.code;
    if (!entry.code) {
      return el('p', {class: 'entry-empty muted'}, 'No code');
    }
    return el(
      'div',
      {class: 'entry-code'},
      codeBlock(shown, {language: this.#language, search: this.#search, wrap: true}),
      isLong
        ? button({label: isOpen ? 'Show less' : `Show all ${count(lines)} lines`, icon: isOpen ? 'up' : 'down', small: true, kind: 'quiet', onClick: () => this.toggle(entry.id)})
        : null,
      entry.codeCut ? button({label: 'Fetch the rest of a very long cell', icon: 'down', small: true, kind: 'quiet', onClick: () => this.#actions.fetchWhole(entry)}) : null,
    );
  }

  #effects(entry) {
    if (!hasEffects(entry)) {
      return null;
    }
    const key = `${entry.id}/effects`;
    const isOpen = this.#open.has(key);
    const groups = [
      ['Read', 'reads', entry.reads, 'file', entry.filesRead],
      ['Changed', 'changes', entry.mutates, null, []],
      ['Wrote', 'writes', entry.writes, 'file', entry.filesWritten],
    ];
    return el('div', {class: 'entry-effects'}, groups.map(([word, kind, names, , files]) =>
      this.#group(word, kind, names ?? [], files ?? [], isOpen, () => this.toggle(entry.id, key))));
  }

  #group(word, kind, names, files, isOpen, unfold) {
    const all = [
      ...files.map((name) => chip({kind: 'file', text: name, title: `Only what touches the file ${name}`, onClick: () => this.#actions.filter({q: name})})),
      ...names.map((name) => chip({kind, text: name, title: `Only what touches ${name}`, onClick: () => this.#actions.filter({var: variableOf(name)})})),
    ];
    if (all.length === 0) {
      return null;
    }
    const shown = isOpen || all.length <= CHIPS + 1 ? all : all.slice(0, CHIPS);
    return el(
      'div',
      {class: 'effect-group'},
      el('span', {class: 'effect-word'}, word),
      shown,
      shown.length < all.length ? el('button', {type: 'button', class: 'chip chip-more', onclick: unfold}, `${all.length - shown.length} more`) : null,
    );
  }
}

/** `Cell 4`: its place in the notebook, from 0 as everywhere else in TrackIT. */
export function cellLabel(entry) {
  return entry.cellIndex === null || entry.cellIndex === undefined ? 'Cell not known' : `Cell ${entry.cellIndex}`;
}

function hasEffects(entry) {
  return ['reads', 'writes', 'mutates', 'filesRead', 'filesWritten'].some((name) => entry[name]?.length > 0);
}

/* `df["age"]` and `model.coef_` are parts of a variable. */
function variableOf(name) {
  return /^[\p{L}_][\p{L}\p{N}_]*/u.exec(name)?.[0] ?? name;
}

function dayRow(entry) {
  return el('article', {class: 'entry-day', 'aria-label': day(entry.at)}, el('h2', null, day(entry.at)));
}

function eventRow(entry) {
  const {sign, title, text, kind} = EVENTS[entry.kind]?.(entry) ?? {sign: 'info', title: entry.kind, text: entry.detail ?? ''};
  return el(
    'article',
    {class: `event${kind ? ` event-${kind}` : ''}`, 'aria-label': title},
    el('div', {class: 'entry-gutter'}, el('span', {class: 'rail-sign'}, icon(sign, 14)), el('time', {class: 'entry-time num muted', datetime: entry.at, title: time(entry.at)}, clock(entry.at))),
    el('div', {class: 'event-text'}, el('strong', null, title), text ? el('span', {class: 'event-more'}, text) : null),
  );
}

const EVENTS = {
  'session-start': (entry) => ({sign: 'play', title: 'Session started', text: entry.kernelName ?? '', kind: 'session'}),
  'session-end': (entry) => ({sign: 'stop', title: 'Session ended', text: entry.reason ?? '', kind: 'session'}),
  restart: (entry) => ({sign: 'restart', title: 'Kernel restarted', text: 'All variables are gone; counts start again at 1.', kind: 'session'}),
  save: (entry) => ({sign: 'save', title: 'Saved', text: savedWords(entry)}),
  gap: (entry) => ({
    sign: 'gap',
    kind: 'gap',
    title: GAPS[entry.reason] ?? GAPS.other,
    text: [entry.missing > 0 ? `${count(entry.missing, 'execution')} missing.` : '', entry.detail, spanWords(entry)].filter(Boolean).join(' '),
  }),
};

function savedWords({cells, added, edited, removed}) {
  const changes = [[added, 'added'], [edited, 'edited'], [removed, 'removed']]
    .filter(([n]) => n > 0)
    .map(([n, word]) => `${count(n)} ${word}`);
  return [cells > 0 ? count(cells, 'cell') : '', changes.join(', ')].filter(Boolean).join(' · ');
}

function spanWords({from, to}) {
  return from && to && from !== to ? `(${clock(from)} – ${clock(to)})` : '';
}
