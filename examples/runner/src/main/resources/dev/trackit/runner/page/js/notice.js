/** Short notices at the foot of the window, read out, gone by themselves unless they are errors. */

import {el} from './dom.js';
import {icon} from './icons.js';

const STAY = 6000;
const AT_MOST = 4;

/**
 * Shows a notice.
 *
 * @param {string} text
 * @param {{kind?: 'bad', action?: {label: string, run: function}}} [options] errors stay until they are closed
 */
export function notice(text, {kind, action} = {}) {
  const list = document.getElementById('notices');
  const node = el(
    'div',
    {class: kind === 'bad' ? 'notice notice-bad' : 'notice', role: kind === 'bad' ? 'alert' : 'status'},
    icon(kind === 'bad' ? 'error' : 'check'),
    el('div', {class: 'notice-text'}, text),
    action ? el('button', {type: 'button', class: 'link', onclick: () => {
      node.remove();
      action.run();
    }}, action.label) : null,
    el('button', {type: 'button', class: 'button button-quiet button-icon button-small', 'aria-label': 'Close this notice', onclick: () => node.remove()}, icon('close', 14)),
  );
  list.append(node);
  while (list.children.length > AT_MOST) {
    list.firstElementChild.remove();
  }
  if (kind !== 'bad') {
    const leave = () => setTimeout(() => (node.matches(':hover, :focus-within') ? leave() : node.remove()), STAY);
    leave();
  }
  return node;
}

/** Says something to readers who do not see the page. */
export function announce(text, {assertive = false} = {}) {
  const place = document.getElementById(assertive ? 'said-now' : 'said');
  place.textContent = '';
  requestAnimationFrame(() => {
    place.textContent = text;
  });
}
