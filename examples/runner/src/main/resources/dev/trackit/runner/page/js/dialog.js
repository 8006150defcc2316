/** Dialogs: the browser's own, which keep the focus inside, close by Escape, and give the focus back. */

import {append, el, freshId} from './dom.js';
import {icon} from './icons.js';

/**
 * Opens a dialog.
 *
 * @param {{title: string, body: Node|Node[], actions?: Node[], wide?: boolean, onClose?: function}} options
 * @returns {{node: HTMLDialogElement, close: function}}
 */
export function dialog({title, body, actions = [], wide, onClose}) {
  const heading = freshId('dialog');
  const node = el(
    'dialog',
    {class: wide ? 'dialog dialog-wide' : 'dialog', 'aria-labelledby': heading},
    el(
      'div',
      {class: 'dialog-head'},
      el('h2', {id: heading}, title),
      el('button', {type: 'button', class: 'button button-quiet button-icon', 'aria-label': 'Close', onclick: () => node.close()}, icon('close')),
    ),
    append(el('div', {class: 'dialog-body'}), body),
    actions.length ? el('div', {class: 'dialog-foot'}, actions) : null,
  );
  node.addEventListener('close', () => {
    node.remove();
    onClose?.();
  });
  node.addEventListener('click', (event) => {
    if (event.target === node && outside(node, event)) {
      node.close();
    }
  });
  document.body.append(node);
  node.showModal();
  return {node, close: () => node.close()};
}

/** Closes what is open: its view is left. */
export function closeDialogs() {
  document.querySelectorAll('dialog[open]').forEach((node) => node.close());
}

/**
 * Asks before something that cannot be taken back.
 *
 * @returns {Promise<boolean>} whether to do it
 */
export function confirm({title, text, yes, no = 'Cancel', danger}) {
  return new Promise((resolve) => {
    let answer = false;
    const decide = (value) => () => {
      answer = value;
      opened.close();
    };
    const opened = dialog({
      title,
      body: el('p', null, text),
      actions: [
        el('button', {type: 'button', class: 'button', onclick: decide(false)}, no),
        el('button', {type: 'button', class: danger ? 'button button-danger' : 'button button-primary', onclick: decide(true)}, yes),
      ],
      onClose: () => resolve(answer),
    });
  });
}

function outside(node, event) {
  const box = node.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}
