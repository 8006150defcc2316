/** What the agent sees and how it is doing: kernels, figures, the log, and what the doctor found. */

import {notebookPath} from './api.js';
import {ago, bytes, count, time} from './format.js';
import {append, badge, callout, clear, el, emptyState, errorState, facts, icon, skeleton, table} from './ui.js';

const KERNEL_STATES = {
  connecting: ['Connecting', 'info'],
  idle: ['Idle', 'good'],
  busy: ['Busy', 'info'],
  disconnected: ['Not connected', 'warn'],
  dead: ['Ended', ''],
};
const LEVELS = {fine: ['good', 'check', 'Fine'], note: ['warn', 'info', 'Good to know'], problem: ['bad', 'error', 'Problem']};
const WORST_FIRST = ['problem', 'note', 'fine'];
const AREAS = {store: 'Log'};

/* The doctor takes seconds; so often it is asked whether it has found something. */
const DOCTOR_LOOKS = 2000;

/** Opens the view; see the contract of views in main.js. */
export function open(root, context) {
  const column = el('div', {class: 'page-column state'});
  root.className = 'page';
  // It scrolls, and may hold nothing else that takes the focus.
  root.tabIndex = 0;
  root.append(column);
  clear(column, el('h1', null, 'State'), skeleton(8));
  let known = null;
  let timer = 0;

  const show = (state) => {
    known = {...known, ...state};
    const at = root.scrollTop;
    clear(column, head(known), remarks(known), figures(known), kernels(known), logAndAgent(known), doctor(known));
    root.scrollTop = at;
  };
  const load = async () => {
    try {
      show(await context.api.get('/state', {signal: context.signal}));
      clearTimeout(timer);
      timer = known.findings ? 0 : setTimeout(load, DOCTOR_LOOKS);
    } catch (failure) {
      if (failure.name !== 'AbortError') {
        clear(column, el('h1', null, 'State'), errorState(failure, {retry: load}));
      }
    }
  };
  load();
  context.events.on('state', (state) => known && state && !column.contains(document.activeElement) ? show(state) : (known = {...known, ...state}));
  context.events.on('resume', () => load());
  return {close: () => clearTimeout(timer)};
}

function head(state) {
  return el(
    'header',
    {class: 'state-head'},
    el('h1', null, 'State'),
    state.running === false ? badge('Not running', 'bad', 'stop') : badge('Running', 'good', 'check'),
    el('span', {class: 'muted'}, 'watching ', el('span', {class: 'mono state-folder'}, state.watching ?? '?'), state.startedAt ? [' since ', el('time', {datetime: state.startedAt, title: time(state.startedAt)}, ago(state.startedAt))] : null),
  );
}

function remarks(state) {
  const all = (state.warnings ?? []).map((warning) => callout('warn', warning));
  if (state.store && state.store.healthy === false) {
    all.unshift(callout('bad', el('strong', null, 'The log cannot be written. '), state.store.lastFailure || 'Look at free space and permissions of its folder.'));
  }
  return all.length ? el('div', {class: 'stack state-part'}, all) : null;
}

function sum(list, name) {
  return (list ?? []).reduce((total, one) => total + (one[name] ?? 0), 0);
}

function figures(state) {
  const gaps = sum(state.kernels, 'gaps');
  const dropped = state.queue?.dropped ?? sum(state.kernels, 'dropped');
  const all = [
    stat('Kernels', count((state.kernels ?? []).length), 'that run now'),
    stat('Captured', count(sum(state.kernels, 'captured')), 'executions, as they happened'),
    stat('Recovered', count(sum(state.kernels, 'recovered')), 'from the kernels’ history'),
    stat('Gaps', count(gaps), gaps ? 'marked in the timelines' : 'nothing was missed', gaps ? 'warn' : ''),
    stat('Dropped', count(dropped), dropped ? 'more than could be taken in' : 'nothing', dropped ? 'warn' : ''),
    stat('Log', state.store?.bytes === undefined ? '—' : bytes(state.store.bytes), state.store ? count(state.store.records ?? 0, 'record') : ''),
    stat('Slowdown', slowdown(state.slowdown), 'of the kernels’ time, at most'),
  ];
  return el('section', {class: 'state-part', 'aria-label': 'Figures'}, el('dl', {class: 'stats'}, all));
}

function slowdown(estimate) {
  return estimate?.percent === undefined || estimate.percent === null ? '—' : `${estimate.percent <= 0.1 ? '≤ ' : ''}${estimate.percent.toFixed(1)} %`;
}

function stat(name, value, more, kind) {
  return el(
    'div',
    {class: 'stat'},
    el('dt', {class: 'stat-name'}, name),
    el('dd', {class: kind ? `stat-value stat-${kind}` : 'stat-value'}, value),
    more ? el('dd', {class: 'stat-more'}, more) : null,
  );
}

function kernels(state) {
  const all = state.kernels ?? [];
  const body = all.length === 0
    ? el('p', {class: 'panel-body muted'}, 'No kernel runs now. Open a notebook in Jupyter, VS Code or another front end and run a cell: its kernel appears here by itself.')
    : table({
      caption: 'Kernels',
      hideCaption: true,
      columns: [
        {text: 'Notebook'}, {text: 'Kernel'}, {text: 'State'}, {text: 'Captured', numeric: true}, {text: 'Recovered', numeric: true},
        {text: 'Gaps', numeric: true}, {text: 'Dropped', numeric: true}, {text: 'Received', numeric: true},
      ],
      rows: all.map(kernelRow),
    });
  return panel('Kernels', body);
}

function kernelRow(kernel) {
  const [word, kind] = KERNEL_STATES[kernel.state] ?? [kernel.state, ''];
  const path = kernel.notebook;
  const name = path
    ? kernel.notebookId ? el('a', {href: notebookPath(kernel.notebookId, 'timeline'), title: path}, fileName(path)) : el('span', {title: path}, fileName(path))
    : el('span', {class: 'muted'}, 'Not known which notebook');
  const more = kernel.detail || ((kernel.notebookCandidates ?? []).length > 1 ? `Could be ${kernel.notebookCandidates.map(fileName).join(' or ')}.` : '');
  return [
    el('div', null, name, more ? el('div', {class: 'state-more muted'}, more) : null),
    el('span', {title: kernel.kernel}, kernel.name || kernel.language || '?'),
    badge(word, kind),
    count(kernel.captured ?? 0),
    count(kernel.recovered ?? 0),
    count(kernel.gaps ?? 0),
    count(kernel.dropped ?? 0),
    bytes(kernel.bytes ?? 0),
  ];
}

function logAndAgent(state) {
  const {store = {}, queue = {}} = state;
  return el(
    'div',
    {class: 'state-pair'},
    panel('Log', el('div', {class: 'panel-body'}, facts([
      ['Folder', el('span', {class: 'mono state-folder'}, store.folder ?? '?')],
      store.bytes === undefined ? null : ['Size', bytes(store.bytes)],
      ['Records written', `${count(store.records ?? 0)} since the start`],
      ['Health', store.healthy === false ? badge('Failing', 'bad', 'error') : badge('Healthy', 'good', 'check')],
      store.failures ? ['Failures', `${count(store.failures)}; the last: ${store.lastFailure}`] : null,
    ]))),
    panel('Agent', el('div', {class: 'panel-body'}, facts([
      state.version ? ['Version', state.version] : null,
      state.pid ? ['Process', String(state.pid)] : null,
      ['Last execution', state.lastExecutionAt ? el('time', {datetime: state.lastExecutionAt, title: time(state.lastExecutionAt)}, ago(state.lastExecutionAt)) : 'none yet'],
      ['Waiting', `${count(queue.events ?? 0, 'event')}, ${bytes(queue.bytes ?? 0)}`],
      ['Received', count(queue.received ?? 0, 'event')],
    ]))),
  );
}

function doctor(state) {
  const findings = state.findings;
  if (!findings) {
    return panel('Doctor', el('div', {role: 'status'}, skeleton(3)));
  }
  const sorted = [...findings].sort((a, b) => WORST_FIRST.indexOf(a.level) - WORST_FIRST.indexOf(b.level));
  const problems = findings.filter((finding) => finding.level === 'problem').length;
  return panel(
    'Doctor',
    findings.length === 0
      ? emptyState({icon: 'check', title: 'Nothing was looked at', text: 'Run “trackit doctor” for a fresh look.'})
      : el('ul', {class: 'findings'}, sorted.map(finding)),
    problems ? badge(`${count(problems, 'problem')}`, 'bad') : badge('No problems', 'good'),
  );
}

function finding({area, level, text, advice}) {
  const [kind, sign, word] = LEVELS[level] ?? LEVELS.note;
  return el(
    'li',
    {class: `finding finding-${kind}`},
    icon(sign),
    el('div', null, el('span', {class: 'sr-only'}, `${word}: `), text, advice ? el('p', {class: 'finding-advice'}, advice) : null),
    el('span', {class: 'muted finding-area'}, AREAS[area] ?? area[0].toUpperCase() + area.slice(1)),
  );
}

function panel(title, body, extra) {
  return el('section', {class: 'panel state-part', 'aria-label': title}, append(el('header', {class: 'panel-head'}), el('h2', null, title), extra), body);
}

function fileName(path) {
  return path.slice(path.lastIndexOf('/') + 1);
}
