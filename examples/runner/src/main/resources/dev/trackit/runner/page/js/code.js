/** Source code as the page shows it: one element a line, so that lines can be numbered, marked and cut off. */

import {visible} from './dom.js';
import {el, scrollBox} from './ui.js';
import {pythonTokens} from './python.js';

const LONGEST = 200_000;

/**
 * A block of code.
 *
 * @param {string} source
 * @param {{language?: string, number?: boolean, firstLine?: number, taken?: Set<number>, bad?: Set<number>, search?: string, wrap?: boolean, label?: string}} [options]
 *     `taken` and `bad` are lines, from 1, to mark; `search` is a text whose places are marked; `wrap` breaks long lines instead of scrolling
 */
export function codeBlock(source, {language = 'python', number, firstLine = 1, taken, bad, search, wrap, label = 'Code'} = {}) {
  const lines = codeLines(visible(source), language);
  const nodes = lines.map((line, i) => {
    const node = el('span', {class: 'code-line', 'data-line': number ? firstLine + i : null});
    if (taken?.has(i + 1)) {
      node.classList.add('code-line-taken');
    }
    if (bad?.has(i + 1)) {
      node.classList.add('code-line-bad');
    }
    for (const part of line) {
      node.append(...marked(part, search));
    }
    if (i < lines.length - 1) {
      node.append('\n');
    }
    return node;
  });
  const pre = el('pre', {class: `code${number ? ' code-numbered' : ''}${wrap ? ' code-wrapped' : ''}`}, el('code', null, nodes));
  return wrap ? pre : scrollBox(label, pre, 'code-box');
}

/** The lines of a source, each a list of parts with their kinds. */
export function codeLines(source, language = 'python') {
  const isPython = language.toLowerCase().startsWith('python') && source.length <= LONGEST;
  const lines = [[]];
  for (const {kind, text} of isPython ? pythonTokens(source) : [{kind: null, text: source}]) {
    text.split('\n').forEach((piece, i) => {
      if (i > 0) {
        lines.push([]);
      }
      if (piece) {
        lines.at(-1).push({kind, text: piece});
      }
    });
  }
  return lines;
}

function marked({kind, text}, search) {
  const wrap = (content) => (kind ? [el('span', {class: `tok-${kind}`}, content)] : [].concat(content));
  return wrap(search ? highlight(text, search) : text);
}

/** A text with the places of another marked, as nodes and texts. */
export function highlight(text, search) {
  const needle = search.toLowerCase();
  const hay = text.toLowerCase();
  const parts = [];
  let from = 0;
  if (needle && hay.length === text.length) {
    for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, from)) {
      parts.push(text.slice(from, at), el('mark', null, text.slice(at, at + needle.length)));
      from = at + needle.length;
    }
  }
  parts.push(text.slice(from));
  return parts.filter((part) => part !== '');
}
