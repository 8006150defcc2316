/** Finds a dataset or step by name, also one that is not drawn: a field with a list of what it could be. */

import {clear, el, freshId, icon} from './ui.js';

const AT_MOST = 12;
const PAUSE = 120;
const KINDS = {
  file: 'file', frame: 'table', series: 'column', array: 'array', model: 'model', value: 'value', unknown: 'not recorded',
  step: 'step', plot: 'plot', measure: 'measure',
};

/**
 * The field.
 *
 * @param {{onPick: function(string), ask: function(string): Promise<{found: object[]}>}} options
 *     `ask` tells what has the words in its name
 */
export function lineageSearch({onPick, ask}) {
  let timer = 0;
  let asked = 0;
  let found = [];
  let at = -1;
  const list = el('ul', {class: 'lineage-found', role: 'listbox', id: freshId('found'), 'aria-label': 'Found', hidden: true});
  const input = el('input', {
    class: 'input',
    type: 'search',
    role: 'combobox',
    'aria-label': 'Find a dataset or step',
    'aria-expanded': 'false',
    'aria-controls': list.id,
    'aria-autocomplete': 'list',
    placeholder: 'Find a dataset or step',
    autocomplete: 'off',
    spellcheck: 'false',
    oninput: search,
    onkeydown: onKey,
    onfocus: () => input.value && search(),
    onblur: () => {
      asked += 1;
      show([]);
    },
  });
  const node = el('div', {class: 'search lineage-search'}, icon('search'), input, el('kbd', {class: 'search-key', 'aria-hidden': 'true'}, '/'), list);

  function search() {
    clearTimeout(timer);
    const text = input.value.trim();
    const mine = ++asked;
    if (!text) {
      show([]);
      return;
    }
    timer = setTimeout(async () => {
      try {
        const answer = await ask(text);
        if (mine === asked && document.activeElement === input) {
          show(answer.found.slice(0, AT_MOST), true);
        }
      } catch (failure) {
        if (mine === asked && failure.name !== 'AbortError') {
          show([]);
        }
      }
    }, PAUSE);
  }

  function show(matches, asked = false) {
    found = matches;
    at = matches.length ? 0 : -1;
    clear(
      list,
      matches.map((one, i) => el(
        'li',
        {role: 'option', id: `${list.id}-${i}`, onpointerdown: (event) => {
          event.preventDefault();
          pick(one);
        }},
        el('span', {class: 'truncate'}, one.label),
        el('span', {class: 'muted'}, one.version > 1 ? `${KINDS[one.kind]}, v${one.version}` : KINDS[one.kind]),
      )),
      asked && !matches.length ? el('li', {class: 'muted', role: 'option', 'aria-disabled': 'true'}, 'Nothing has that name.') : null,
    );
    list.hidden = !list.childElementCount;
    input.setAttribute('aria-expanded', String(!list.hidden));
    point();
  }

  function point() {
    [...list.children].forEach((item, i) => item.setAttribute('aria-selected', String(i === at)));
    if (at >= 0) {
      input.setAttribute('aria-activedescendant', `${list.id}-${at}`);
    } else {
      input.removeAttribute('aria-activedescendant');
    }
  }

  function onKey(event) {
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (step && found.length) {
      at = (at + step + found.length) % found.length;
      point();
    } else if (event.key === 'Enter' && found[at]) {
      pick(found[at]);
    } else if (event.key === 'Escape' && input.value) {
      input.value = '';
      show([]);
      event.stopPropagation();
    } else {
      return;
    }
    event.preventDefault();
  }

  function pick(one) {
    input.value = '';
    show([]);
    onPick(one.id);
  }

  node.focusInput = () => {
    input.focus();
    input.select();
  };
  return node;
}
