/**
 * The small widgets that all views share. Each function returns a node (or an object with one), styled by
 * css/components.css and css/parts.css, with the roles, names and keys that it needs.
 */

import {append, clear, el, freshId, svg} from './dom.js';
import {icon} from './icons.js';
import {notice} from './notice.js';

export {append, clear, el, freshId, icon, svg};

/**
 * A button.
 *
 * @param {{label: string, icon?: string, kind?: 'primary'|'quiet'|'danger', small?: boolean, title?: string,
 *     disabled?: boolean, pressed?: boolean, onClick: function(MouseEvent)}} options
 */
export function button({label, icon: sign, kind, small, title, disabled, pressed, onClick}) {
  return el(
    'button',
    {
      type: 'button',
      class: classes('button', kind && `button-${kind}`, small && 'button-small'),
      title,
      disabled,
      'aria-pressed': pressed === undefined ? null : String(pressed),
      onclick: onClick,
    },
    sign ? icon(sign, small ? 14 : 16) : null,
    el('span', null, label),
  );
}

/** A button of an icon alone; its label is read out and shown on hover. */
export function iconButton({icon: sign, label, small, kind = 'quiet', pressed, onClick}) {
  return el(
    'button',
    {
      type: 'button',
      class: classes('button button-icon', `button-${kind}`, small && 'button-small'),
      'aria-label': label,
      title: label,
      'aria-pressed': pressed === undefined ? null : String(pressed),
      onclick: onClick,
    },
    icon(sign, small ? 14 : 16),
  );
}

/** A link that looks like a button. */
export function buttonLink({label, icon: sign, kind, small, href, download}) {
  return el(
    'a',
    {class: classes('button', kind && `button-${kind}`, small && 'button-small'), href, download},
    sign ? icon(sign, small ? 14 : 16) : null,
    el('span', null, label),
  );
}

const WAITED = 600;
const CHIP_ICONS = {reads: 'eye', writes: 'plus', changes: 'pencil', file: 'file'};

/**
 * A chip: what an execution did to a variable or a file. With `onClick` it is a button, with `href` a link.
 *
 * @param {{kind?: 'reads'|'writes'|'changes'|'file', text: string, title?: string, onClick?: function, href?: string}} options
 */
export function chip({kind, text, title, onClick, href}) {
  const tag = onClick ? 'button' : href ? 'a' : 'span';
  return el(
    tag,
    {class: classes('chip', kind && `chip-${kind}`), type: onClick ? 'button' : null, href, title: title ?? text, onclick: onClick},
    CHIP_ICONS[kind] ? icon(CHIP_ICONS[kind], 12) : null,
    el('span', null, text),
  );
}

/** A word for a state. */
export function badge(text, kind, sign) {
  return el('span', {class: classes('badge', kind && `badge-${kind}`)}, sign ? icon(sign, 12) : null, text);
}

/**
 * One of a few choices, as a radio group: arrow keys move, Tab leaves.
 *
 * @param {{label: string, options: {value: string, text: string}[], value: string, onChange: function(string)}} options
 */
export function segmented({label, options, value, onChange}) {
  const group = el('div', {class: 'segmented', role: 'radiogroup', 'aria-label': label});
  const buttons = options.map((option) =>
    el('button', {type: 'button', role: 'radio', onclick: () => choose(option.value, true)}, option.text));
  const choose = (chosen, tell) => {
    buttons.forEach((node, i) => {
      const on = options[i].value === chosen;
      node.setAttribute('aria-checked', String(on));
      node.tabIndex = on ? 0 : -1;
    });
    if (tell) {
      onChange(chosen);
    }
  };
  rove(group, buttons, (i) => choose(options[i].value, true));
  choose(value, false);
  group.choose = (chosen) => choose(chosen, false);
  return append(group, buttons);
}

/**
 * Tabs inside a view; the panel is one element whose content the caller changes.
 *
 * @param {{label: string, tabs: {value: string, text: string}[], value: string, panel: HTMLElement, onChange: function(string)}} options
 */
export function tabs({label, tabs: all, value, panel, onChange}) {
  panel.id ||= freshId('panel');
  panel.setAttribute('role', 'tabpanel');
  const list = el('div', {class: 'tabs', role: 'tablist', 'aria-label': label});
  const buttons = all.map((tab) =>
    el(
      'button',
      {type: 'button', role: 'tab', id: freshId('tab'), 'aria-controls': panel.id, onclick: () => choose(tab.value, true)},
      tab.text,
    ));
  const choose = (chosen, tell) => {
    buttons.forEach((node, i) => {
      const on = all[i].value === chosen;
      node.setAttribute('aria-selected', String(on));
      node.tabIndex = on ? 0 : -1;
      if (on) {
        panel.setAttribute('aria-labelledby', node.id);
      }
    });
    if (tell) {
      onChange(chosen);
    }
  };
  rove(list, buttons, (i) => choose(all[i].value, true));
  choose(value, false);
  list.choose = (chosen) => choose(chosen, false);
  return append(list, buttons);
}

/** Arrow keys, Home and End inside a group of which one is in the order of tabs. */
function rove(group, buttons, choose) {
  group.addEventListener('keydown', (event) => {
    const at = buttons.indexOf(document.activeElement);
    const step = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1}[event.key];
    let next = null;
    if (step && at >= 0) {
      next = (at + step + buttons.length) % buttons.length;
    } else if (event.key === 'Home') {
      next = 0;
    } else if (event.key === 'End') {
      next = buttons.length - 1;
    }
    if (next !== null) {
      event.preventDefault();
      choose(next);
      buttons[next].focus();
    }
  });
}

/** A control with its label. */
export function field({label, control, inline}) {
  const input = control.matches('input, select, textarea') ? control : control.querySelector('input, select, textarea');
  if (input) {
    input.id ||= freshId('field');
  }
  return el(
    'div',
    {class: classes('field', inline && 'field-inline')},
    el('label', {class: 'field-label', for: input?.id}, label),
    control,
  );
}

/** A field for a text. */
export function input({type = 'text', class: name = 'input', value, placeholder, label, onInput, onChange, ...more}) {
  return el('input', {
    class: name,
    type,
    value,
    placeholder,
    'aria-label': label,
    oninput: onInput && ((event) => onInput(event.target.value)),
    onchange: onChange && ((event) => onChange(event.target.value)),
    autocomplete: 'off',
    spellcheck: 'false',
    ...more,
  });
}

/** A field to search by; tells after a short rest, and Escape empties it. */
export function searchBox({label, placeholder, value = '', key, onInput}) {
  let timer = 0;
  const tell = () => onInput(box.value);
  const box = input({type: 'search', label, placeholder: placeholder ?? label, value, onInput: () => {
    clearTimeout(timer);
    timer = setTimeout(tell, 120);
  }});
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && box.value) {
      event.preventDefault();
      event.stopPropagation();
      box.value = '';
      clearTimeout(timer);
      tell();
    }
  });
  const node = el('div', {class: 'search'}, icon('search'), box, key ? el('kbd', {class: 'search-key', 'aria-hidden': 'true'}, key) : null);
  node.focusInput = () => {
    box.focus();
    box.select();
  };
  node.setValue = (text) => {
    if (document.activeElement !== box) {
      // What was being typed was taken back, by “Clear” or by going back: it is not told any more.
      clearTimeout(timer);
      box.value = text;
    }
  };
  return node;
}

/** A list to choose from. */
export function select({label, options, value, onChange}) {
  const node = el('select', {class: 'select', 'aria-label': label, onchange: (event) => onChange(event.target.value)});
  append(node, options.map((option) => el('option', {value: option.value}, option.text)));
  node.value = value;
  return node;
}

/** A switch that acts at once; `onChange` gets the new state. */
export function toggle({label, on, hideLabel, onChange}) {
  const node = el(
    'button',
    {type: 'button', class: 'switch', role: 'switch', 'aria-checked': String(on), 'aria-label': hideLabel ? label : null,
      onclick: () => onChange(node.getAttribute('aria-checked') !== 'true')},
    el('span', {class: 'switch-track'}),
    hideLabel ? null : el('span', null, label),
  );
  node.set = (state) => node.setAttribute('aria-checked', String(state));
  return node;
}

/** Nothing to show: says why, and what to do. Where the view has no other, `heading` is `h1`. */
export function emptyState({icon: sign = 'notebook', title, text, where, actions = [], bad, heading = 'h2'}) {
  return el(
    'div',
    {class: classes('empty', bad && 'empty-bad')},
    el('div', {class: 'empty-icon'}, icon(sign, 22)),
    el(heading, {class: 'empty-title'}, title),
    append(el('p', {class: 'empty-text'}), text),
    where ? el('p', {class: 'empty-where mono'}, where) : null,
    actions.length ? el('div', {class: 'empty-actions'}, actions) : null,
  );
}

/** Something went wrong: what, where, and what to do about it. */
export function errorState(error, {retry, heading, actions = []} = {}) {
  const node = emptyState({
    icon: 'error',
    bad: true,
    heading,
    title: error.what ?? 'Something went wrong',
    text: error.todo ?? (error.what ? '' : String(error.message ?? error)),
    where: error.where,
    actions: [...actions, retry ? button({label: 'Try again', icon: 'restart', onClick: retry}) : null].filter(Boolean),
  });
  node.setAttribute('role', 'alert');
  return node;
}

/** A remark inside a view. */
export function callout(kind, ...content) {
  const sign = {bad: 'error', warn: 'warning', info: 'info'}[kind] ?? 'info';
  return el('div', {class: classes('callout', `callout-${kind}`)}, icon(sign), el('div', null, ...content));
}

/**
 * What stands where the lineage of a notebook must be known first: bars, and after a moment what is being waited for.
 *
 * @param {{executions: number}|null} info the notebook
 */
export function waiting(info, {lines = 10} = {}) {
  const text = el('p', {class: 'waiting muted', role: 'status'});
  const node = el('div', null, text, skeleton(lines));
  setTimeout(() => {
    if (node.isConnected) {
      text.textContent = info?.executions > 1
        ? `Following the data through ${info.executions.toLocaleString('en-GB')} executions. Only the first time takes a moment.`
        : 'Following the data.';
    }
  }, WAITED);
  return node;
}

/** Lines in the place of what is loading. */
export function skeleton(lines = 6) {
  return el(
    'div',
    {class: 'skeleton', 'aria-busy': 'true'},
    el('span', {class: 'sr-only'}, 'Loading…'),
    Array.from({length: lines}, () => el('div', {class: 'skeleton-line'})),
  );
}

/**
 * A table.
 *
 * @param {{caption: string, columns: {text: string, numeric?: boolean}[], rows: (Node|string|number|null)[][], hideCaption?: boolean}} options
 */
export function table({caption, columns, rows, hideCaption}) {
  const cls = (i) => (columns[i].numeric ? 'numeric' : null);
  return el(
    'div',
    {class: 'table-scroll'},
    el(
      'table',
      {class: 'table'},
      el('caption', {class: hideCaption ? 'sr-only' : null}, caption),
      el('thead', null, el('tr', null, columns.map((column, i) => el('th', {scope: 'col', class: cls(i)}, column.text)))),
      el('tbody', null, rows.map((row) => el('tr', null, row.map((cell, i) => el('td', {class: cls(i)}, cell))))),
    ),
  );
}

/** Names and values. */
export function facts(pairs) {
  return el('dl', {class: 'facts'}, pairs.filter(Boolean).map(([name, value]) => [el('dt', null, name), el('dd', null, value)]));
}

const overflowing = new ResizeObserver((entries) => {
  for (const {target} of entries) {
    const scrolls = target.scrollWidth > target.clientWidth + 1 || target.scrollHeight > target.clientHeight + 1;
    if (scrolls) {
      target.tabIndex = 0;
    } else {
      target.removeAttribute('tabindex');
    }
  }
});

/** A box that scrolls where its content is larger; the keyboard can reach it then, and only then. */
export function scrollBox(label, content, name = '') {
  const node = el('div', {class: classes('scroll-box', name), role: 'group', 'aria-label': label}, content);
  overflowing.observe(node);
  return node;
}

/** Copies what the function returns to the clipboard, and says so. */
export function copyButton(text, {label = 'Copy', small = true} = {}) {
  return button({
    label,
    icon: 'copy',
    small,
    kind: 'quiet',
    onClick: async () => {
      try {
        await navigator.clipboard.writeText(text());
        notice('Copied.');
      } catch (refused) {
        notice('The browser did not allow to copy. Select the text and copy it by hand.', {kind: 'bad'});
      }
    },
  });
}

function classes(...names) {
  return names.filter(Boolean).join(' ');
}
