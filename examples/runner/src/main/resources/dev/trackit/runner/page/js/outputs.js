/**
 * Outputs of an execution. Texts are shown as texts, pictures as pictures; HTML and SVG only when asked for, and only inside a frame
 * without scripts, without origin, and without the network (the sandbox here, and a policy of its own from the program).
 */

import {dialog} from './dialog.js';
import {bytes, count} from './format.js';
import {knownTable, loadTable, mayHaveTable} from './output-table.js';
import {button, el, scrollBox} from './ui.js';

const SHORT = 12;
const FRAMED = ['text/html', 'image/svg+xml'];
const PICTURES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp', 'image/avif'];
const ESCAPES = /\u001b\[[0-9;?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b[@-_]?|[\u0000-\u0007\u000e-\u001f\u007f]/g;

/**
 * All outputs of an execution.
 *
 * @param {object} entry the execution
 * @param {{isOpen: function(string): boolean, toggle: function(string), refresh: function, fetchWhole: function}} folds
 *     which long ones are shown whole, and what fetches what was left out
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
  } else if (mayHaveTable(output)) {
    parts.push(...tabular(output, key, folds));
  } else if (output.text) {
    parts.push(...text(output, key, folds));
  } else {
    parts.push(nature(output));
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
    output.textCut ? el('p', {class: 'output-note muted'}, `The record keeps the beginning of ${bytes(output.bytes ?? 0)}.`) : null,
    output.truncated && !output.textCut ? button({label: `Fetch the rest of ${bytes(output.bytes ?? 0)}`, icon: 'down', small: true, kind: 'quiet', onClick: folds.fetchWhole}) : null,
  ];
}

/* The text at once; the table in its place as soon as it is known to be one. */
function tabular(output, key, folds) {
  const found = knownTable(output.href);
  if (found) {
    return [outputTable(found)];
  }
  if (found === undefined) {
    loadTable(output.href).then((table) => table && folds.refresh());
  }
  return output.text ? text(output, key, folds) : [nature(output)];
}

function outputTable({heads, rows, more}) {
  const values = rows[0]?.cells.length ?? 0;
  const numeric = Array.from({length: values}, (unused, i) => rows.every((row) => isNumber(row.cells[i])));
  const indexes = rows[0]?.head.length ?? 0;
  const cls = (i) => (i >= indexes && numeric[i - indexes] ? 'numeric' : null);
  return scrollBox('Table', el(
    'div',
    null,
    el(
      'table',
      {class: 'table data-table'},
      el('thead', null, heads.map((head) => el('tr', null, head.map((name, i) => el(name ? 'th' : 'td', {scope: name ? 'col' : null, class: cls(i)}, name))))),
      el('tbody', null, rows.map((row) => el(
        'tr',
        null,
        row.head.map((name) => el('th', {scope: 'row'}, name)),
        row.cells.map((value, i) => el('td', {class: numeric[i] ? 'numeric' : null}, value)),
      ))),
    ),
    more ? el('p', {class: 'output-note muted'}, more) : null,
  ), 'output-table');
}

function isNumber(value) {
  return value === '' || value === undefined || /^(nan|none|<na>|-?inf)$/i.test(value) || /^-?[\d,.]+(e[+-]?\d+)?%?$/i.test(value);
}

function nature(output) {
  return el('p', {class: 'output-note muted'}, `${output.mime}, ${bytes(output.bytes ?? 0)}`);
}

function picture(output, entry) {
  const name = output.text || `Picture from execution ${entry.sequence}`;
  const enlarge = () => dialog({title: name, wide: true, body: el('img', {class: 'output-whole', src: output.href, alt: name})});
  const node = el('button', {type: 'button', class: 'output-picture', 'aria-label': `Enlarge: ${name}`, onclick: enlarge});
  const lost = () => {
    node.disabled = true;
    node.classList.add('output-lost');
    node.textContent = `${name}: the picture itself was not kept.`;
  };
  node.append(el('img', {src: output.href, alt: name, onerror: lost}));
  return node;
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
