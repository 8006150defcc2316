/** Where a slice comes from: the executions that it took, with their lines, those that it did not take, and its inputs. */

import {codeBlock} from './code.js';
import {ago, bytes, count, time} from './format.js';
import {badge, button, el, icon} from './ui.js';

/** So many executions are shown at a time: thousands of them would make the page slow, and nobody reads them at once. */
const AT_ONCE = 200;

/**
 * The panels beside a script.
 *
 * @param {{slice: Object, context: Object, script: HTMLElement, others: HTMLElement}} options `others` chooses notebooks to go on in
 */
export function sliceOrigins({slice, context, script, others}) {
  const taken = slice.executions;
  const left = slice.notTaken ?? [];
  const leftTotal = slice.notTakenTotal ?? left.length;
  const parts = partsOf(script);
  return el(
    'div',
    {class: 'slice-origins'},
    panel(
      `Taken: ${count(taken.length, 'execution')}`,
      inPortions(taken, (one) => takenItem(one, slice, context, parts)),
    ),
    panel(
      `Not taken: ${count(leftTotal, 'execution')}`,
      left.length
        ? el('details', {class: 'slice-left', open: left.length <= 6}, el('summary', null, 'What the result does not need'), leftTotal > left.length ? el('p', {class: 'slice-none'}, `The last ${count(left.length)} of them; ${count(leftTotal - left.length)} ran before.`) : null, el('ol', {class: 'slice-executions'}, left.map((one) => leftItem(one, context))))
        : el('p', {class: 'slice-none'}, 'Every execution of the session is needed.'),
    ),
    panel('Inputs', inputs(slice), others),
  );
}

function panel(title, ...content) {
  return el('section', {class: 'panel slice-panel'}, el('div', {class: 'panel-head'}, el('h2', null, title)), ...content);
}

/** The newest are at the end; what made the data comes first, so the list begins there. */
function inPortions(all, item) {
  const list = el('ol', {class: 'slice-executions'});
  const foot = el('p', {class: 'slice-none'});
  const more = button({label: '', small: true, onClick: () => grow(true)});
  function grow(byHand) {
    const from = list.children.length;
    list.append(...all.slice(from, from + AT_ONCE).map(item));
    const left = all.length - list.children.length;
    foot.hidden = left === 0;
    foot.replaceChildren(`${count(left)} more ran after these. `, more);
    more.replaceChildren(`Show ${count(Math.min(left, AT_ONCE))} more`);
    if (byHand) {
      (left ? more : list.lastElementChild?.querySelector('a, summary'))?.focus({preventScroll: true});
    }
  }
  grow(false);
  return [list, foot];
}

function takenItem(one, slice, context, parts) {
  const total = one.code === undefined ? null : one.code.replace(/\n$/, '').split('\n').length;
  const foreign = one.notebook && slice.notebook && one.notebook !== slice.notebook;
  const node = el(
    'li',
    {class: 'slice-execution'},
    el(
      'div',
      {class: 'slice-execution-head'},
      foreign ? el('span', {class: 'slice-place'}, place(one)) : link(one, context),
      foreign ? badge(one.notebook, 'note', 'notebook') : null,
      one.cellIndex === null || one.cellIndex === undefined ? null : el('span', {class: 'muted'}, `cell ${one.cellIndex}`),
      el('span', {class: 'spread'}),
      el('span', {class: 'muted num'}, lines(one.lines, total)),
    ),
    one.code === undefined
      ? null
      : cellAsItRan(one),
  );
  const light = (on) => parts(one.sequence).forEach((line) => line.classList.toggle('slice-part', on));
  node.addEventListener('mouseenter', () => light(true));
  node.addEventListener('mouseleave', () => light(false));
  node.addEventListener('focusin', () => light(true));
  node.addEventListener('focusout', () => light(false));
  return node;
}

function leftItem(one, context) {
  return el(
    'li',
    {class: 'slice-execution slice-execution-left'},
    el(
      'div',
      {class: 'slice-execution-head'},
      link(one, context),
      one.cellIndex === null || one.cellIndex === undefined ? null : el('span', {class: 'muted'}, `cell ${one.cellIndex}`),
      one.status && one.status !== 'ok' ? badge(one.status, one.status === 'error' ? 'bad' : 'warn', 'error') : null,
    ),
    one.code ? el('code', {class: 'slice-first truncate'}, firstLine(one.code)) : null,
  );
}

function link(one, context) {
  return el(
    'a',
    {
      class: 'slice-place',
      href: context.address('timeline', {execution: one.sequence}),
      title: one.at ? `${time(one.at)}: show it in the timeline` : 'Show it in the timeline',
    },
    place(one),
  );
}

function place(one) {
  return one.count === undefined || one.count === null ? `#${one.sequence}` : `In [${one.count}]`;
}

function firstLine(code) {
  return code.split('\n').find((line) => line.trim() && !line.trim().startsWith('#')) ?? code.split('\n')[0];
}

/** `line 2 of 4`, `all 3 lines`, `lines 1–3, 7 of 9`. */
export function lines(list, total) {
  if (total !== null && list.length >= total) {
    return total === 1 ? 'its one line' : `all ${total} lines`;
  }
  const ranges = [];
  for (const line of list) {
    const last = ranges.at(-1);
    if (last && last[1] === line - 1) {
      last[1] = line;
    } else {
      ranges.push([line, line]);
    }
  }
  const words = ranges.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
  return `${list.length === 1 ? 'line' : 'lines'} ${words}${total === null ? '' : ` of ${total}`}`;
}

/** Made when it is opened first. */
function cellAsItRan(one) {
  const node = el('details', {class: 'slice-source'}, el('summary', null, 'The cell as it ran'));
  node.addEventListener('toggle', () => {
    if (node.open && node.children.length === 1) {
      node.append(codeBlock(one.code.replace(/\n+$/, ''), {label: `The code of ${place(one)}`, language: 'python', taken: new Set(one.lines), number: true}));
    }
  });
  return node;
}

/** The lines of the script that came from an execution: from its comment to the next one. They are looked up at the first question. */
function partsOf(script) {
  let found = null;
  return (sequence) => {
    if (!found) {
      found = new Map();
      let part = [];
      for (const line of script.querySelectorAll('.code-line')) {
        const comment = /^# (?:In \[(\d+)\].*?, execution (\d+)|#(\d+))\b/.exec(line.textContent);
        if (comment) {
          const number = Number(comment[2] ?? comment[3]);
          part = found.get(number) ?? [];
          found.set(number, part);
        }
        part.push(line);
      }
    }
    return found.get(sequence) ?? [];
  };
}

function inputs(slice) {
  const states = new Map((slice.inputStates ?? []).map((state) => [state.path, state]));
  const paths = slice.inputs ?? [];
  if (!paths.length) {
    return el('p', {class: 'slice-none'}, 'It reads no file: all it needs is in its code.');
  }
  return el('ul', {class: 'slice-inputs'}, paths.map((path) => input(path, states.get(path))));
}

function input(path, state) {
  return el(
    'li',
    {class: 'slice-input'},
    el('div', {class: 'slice-execution-head'}, icon('file', 14), el('span', {class: 'mono slice-path'}, path), el('span', {class: 'spread'}), stateBadge(state)),
    state && state.size !== undefined
      ? el(
        'p',
        {class: 'muted slice-input-facts'},
        [bytes(state.size), state.modifiedAt ? `from ${ago(state.modifiedAt)}` : null, state.digest ? digest(state.digest) : null].filter(Boolean).join(' · '),
      )
      : null,
  );
}

function stateBadge(state) {
  if (!state) {
    return null;
  }
  if (state.exists === false) {
    return badge('missing now', 'bad', 'error');
  }
  return state.changedSince ? badge('changed since', 'warn', 'warning') : badge('as it was', 'good', 'check');
}

function digest(text) {
  const [kind, value] = text.includes(':') ? text.split(':') : ['', text];
  return `${kind ? `${kind} ` : ''}${value.slice(0, 12)}…`;
}
