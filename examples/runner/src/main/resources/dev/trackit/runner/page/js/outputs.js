/**
 * Outputs of an execution. Texts are shown as texts, pictures as pictures; HTML and SVG only when asked for, and only inside a frame
 * without scripts, without origin, and without the network (the sandbox here, and a policy of its own from the program).
 */

import {dialog} from './dialog.js';
import {bytes, count} from './format.js';
import {button, el, scrollBox, table} from './ui.js';

const SHORT = 12;
const FRAMED = ['text/html', 'image/svg+xml'];
const PICTURES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];
const ESCAPES = /\u001b\[[0-9;?]*[ -/]*[@-~]|\u001b\][^\u0007]*\u0007/g;

/**
 * All outputs of an execution.
 *
 * @param {object} entry the execution
 * @param {{isOpen: function(string): boolean, toggle: function(string)}} folds which long ones are shown whole
 */
export function outputs(entry, folds) {
  const all = entry.outputs ?? [];
  return all.length === 0
    ? null
    : el('div', {class: 'outputs'}, all.map((output, i) => oneOutput(output, `${entry.id}/${i}`, entry, folds)));
}

function oneOutput(output, key, entry, folds) {
  const parts = [];
  if (PICTURES.includes(output.mime) && output.href) {
    parts.push(picture(output, entry));
  } else if (output.table) {
    parts.push(scrollBox('Table', outputTable(output.table), 'output-table'));
  } else if (output.text) {
    parts.push(...text(output, key, folds));
  } else {
    parts.push(el('p', {class: 'output-note muted'}, `${output.mime}, ${bytes(output.bytes ?? 0)}`));
  }
  if (FRAMED.includes(output.mime) && output.href) {
    parts.push(frame(output, key, folds));
  } else if (PICTURES.includes(output.mime) && !output.href) {
    parts.push(el('p', {class: 'output-note muted'}, `The picture itself was not kept (${output.mime}, ${bytes(output.bytes ?? 0)}).`));
  }
  const kind = output.type === 'error' ? ' output-error' : output.name === 'stderr' ? ' output-stderr' : '';
  return el('div', {class: `output${kind}`}, parts);
}

function text(output, key, folds) {
  const clean = output.text.replace(ESCAPES, '').replace(/\n$/, '');
  const lines = clean.split('\n');
  const isLong = lines.length > SHORT + 3;
  const isOpen = folds.isOpen(key);
  const isError = output.type === 'error';
  const shown = !isLong || isOpen ? lines : isError ? lines.slice(-SHORT) : lines.slice(0, SHORT);
  const label = isError ? `Error: ${output.name}` : output.name === 'stderr' ? 'Standard error' : 'Output';
  const fold = isLong
    ? button({label: isOpen ? 'Show less' : `Show all ${count(lines.length)} lines`, icon: isOpen ? 'up' : 'down', small: true, kind: 'quiet', onClick: () => folds.toggle(key)})
    : null;
  return [
    isError && isLong ? fold : null,
    scrollBox(label, el('pre', {class: 'output-text'}, shown.join('\n'))),
    isError && isLong ? null : fold,
    output.truncated ? el('p', {class: 'output-note muted'}, `The record keeps the beginning of ${bytes(output.bytes ?? 0)}.`) : null,
  ];
}

function outputTable({columns, rows, more}) {
  return el(
    'div',
    null,
    table({
      caption: 'Output',
      hideCaption: true,
      columns: columns.map((column) => ({text: column, numeric: rows.every((row) => isNumber(row[columns.indexOf(column)]))})),
      rows,
    }),
    more ? el('p', {class: 'output-note muted'}, more) : null,
  );
}

function isNumber(value) {
  return value === null || value === '' || value === 'NaN' || /^-?[\d,.]+(e[+-]?\d+)?%?$/i.test(String(value));
}

function picture(output, entry) {
  const name = output.text || `Picture from execution ${entry.sequence}`;
  const enlarge = () => dialog({title: name, wide: true, body: el('img', {class: 'output-whole', src: output.href, alt: name})});
  return el('button', {type: 'button', class: 'output-picture', 'aria-label': `Enlarge: ${name}`, onclick: enlarge}, el('img', {src: output.href, alt: name}));
}

function frame(output, key, folds) {
  const frameKey = `${key}/frame`;
  const kind = output.mime === 'text/html' ? 'HTML' : 'SVG';
  const isOpen = folds.isOpen(frameKey);
  return el(
    'div',
    {class: 'output-framed'},
    button({label: isOpen ? `Hide the ${kind}` : `Show as ${kind}`, icon: isOpen ? 'up' : 'eye', small: true, kind: 'quiet', onClick: () => folds.toggle(frameKey)}),
    isOpen
      ? el('iframe', {class: 'output-frame', sandbox: '', referrerpolicy: 'no-referrer', src: output.href, title: `Output as ${kind}, without scripts`})
      : null,
  );
}
