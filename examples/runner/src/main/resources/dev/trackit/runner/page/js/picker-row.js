/** One notebook in the list of the picker. */

import {notebookPath} from './api.js';
import {ago, count, time} from './format.js';
import {badge, el, icon} from './ui.js';

const KERNEL = {
  connecting: {text: 'Connecting', dot: 'warn'},
  idle: {text: 'Idle', dot: 'good'},
  busy: {text: 'Busy', dot: 'info'},
  disconnected: {text: 'Not connected', dot: 'bad'},
};

/**
 * The row of a notebook.
 *
 * @param {object} notebook as the JSON of the picker has it
 * @param {function(boolean)} onTrack starts or stops tracking
 */
export function notebookRow(notebook, onTrack) {
  const at = notebook.lastActivity ?? notebook.modified;
  return el(
    'div',
    {class: 'picker-columns picker-row', role: 'listitem'},
    el(
      'div',
      {class: 'picker-name'},
      icon('notebook'),
      el(
        'div',
        {class: 'picker-names'},
        el('div', {class: 'row'}, el('a', {class: 'picker-link truncate', href: notebookPath(notebook.id, 'timeline'), title: notebook.name}, fileName(notebook)), marks(notebook)),
        el('div', {class: 'picker-path truncate muted'}, folderOf(notebook)),
      ),
    ),
    kernel(notebook),
    el('span', {class: 'picker-wide'}, languageName(notebook.language)),
    el('span', {class: 'picker-number num picker-wide'}, labelled('cells', notebook.cells ?? null)),
    el('span', {class: 'picker-number num'}, labelled('executions', notebook.executions || null)),
    el('span', {class: 'muted truncate', title: at ? time(at) : ''}, at ? ago(at) : '—'),
    trackButton(notebook, onTrack),
  );
}

/** The button that starts and stops tracking; also in the head of the timeline. */
export function trackButton(notebook, onTrack) {
  const on = Boolean(notebook.tracked);
  return el(
    'button',
    {
      type: 'button',
      class: 'button button-small track',
      'aria-pressed': String(on),
      'aria-label': `Track ${fileName(notebook)}`,
      title: on ? 'Stop tracking' : 'Start tracking',
      onclick: (event) => {
        event.preventDefault();
        onTrack(!on);
      },
    },
    el('span', {class: 'dot'}),
    el('span', {class: 'track-word'}, on ? 'Tracking' : 'Track'),
  );
}

function kernel(notebook) {
  if (!notebook.kernel) {
    return el('span', {class: 'muted'}, '—', el('span', {class: 'sr-only'}, 'no kernel runs'));
  }
  const known = KERNEL[notebook.kernel.state] ?? {text: 'Running', dot: 'good'};
  return el('span', {class: 'row'}, el('span', {class: `dot dot-${known.dot}`}), known.text);
}

function marks(notebook) {
  return [
    notebook.problem ? el('span', {title: notebook.problem}, badge('Problem', 'bad', 'warning'), el('span', {class: 'sr-only'}, notebook.problem)) : null,
    (notebook.tags ?? []).slice(0, 3).map((tag) => badge(tag)),
  ];
}

/** The name of a notebook's file; its `name` is the path within the watched folder. */
export function fileName(notebook) {
  const name = notebook?.name ?? '';
  return name.slice(name.lastIndexOf('/') + 1);
}

function folderOf(notebook) {
  const cut = notebook.name.lastIndexOf('/');
  return cut < 0 ? '' : notebook.name.slice(0, cut);
}

function languageName(language) {
  return language ? language[0].toUpperCase() + language.slice(1) : '—';
}

function labelled(what, n) {
  return n === null ? el('span', {class: 'muted'}, '—') : [count(n), el('span', {class: 'sr-only'}, ` ${what}`)];
}
