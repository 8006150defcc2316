/** The list of what can be sliced: variables and files, what is there at the end first. */

import {count, shape} from './format.js';
import {clear, el, icon, searchBox, segmented} from './ui.js';

const AT_MOST = 400;

/**
 * The list.
 *
 * @param {{addressOf: function(Object): string}} options
 */
export function targetList({addressOf}) {
  let targets = [];
  let text = '';
  let kind = 'data';
  let marked = null;
  const search = searchBox({label: 'Find a variable or file', key: '/', onInput: (value) => {
    text = value.trim().toLowerCase();
    draw();
  }});
  const choice = segmented({
    label: 'What to list',
    options: [{value: 'data', text: 'Data'}, {value: 'file', text: 'Files'}, {value: 'all', text: 'All'}],
    value: kind,
    onChange: (value) => {
      kind = value;
      draw();
    },
  });
  const items = el('div', {class: 'slice-list'});
  const node = el(
    'nav',
    {class: 'slice-targets', 'aria-label': 'Variables and files'},
    el('div', {class: 'slice-find'}, search, choice),
    items,
  );
  node.addEventListener('keydown', (event) => move(event, items));

  function passes(target) {
    const fits = {data: target.dataset || target.kind === 'file', file: target.kind === 'file', all: true}[kind];
    return (fits || text) && (!text || `${target.name} ${target.type ?? ''}`.toLowerCase().includes(text));
  }

  function draw() {
    const chosen = targets.filter(passes);
    const shown = chosen.slice(0, AT_MOST);
    clear(
      items,
      group('There at the end', shown.filter((target) => target.alive)),
      group('Gone or replaced since', shown.filter((target) => !target.alive)),
      chosen.length ? null : el('p', {class: 'slice-none'}, targets.length ? 'Nothing here has that name.' : 'Nothing was made yet.'),
      chosen.length > shown.length ? el('p', {class: 'slice-none'}, `${count(chosen.length - shown.length)} more: type a part of the name.`) : null,
    );
  }

  function group(title, list) {
    return list.length
      ? el('section', null, el('h2', {class: 'slice-group'}, title), el('ul', null, list.map((target) => el('li', null, item(target)))))
      : null;
  }

  function item(target) {
    const current = marked && marked.name === target.name && marked.kind === target.kind;
    const about = [shortName(target), target.rows !== undefined || target.cols !== undefined ? shape(target.rows, target.cols) : null];
    return el(
      'a',
      {class: 'slice-target', href: addressOf(target), 'aria-current': current ? 'true' : null},
      icon(target.kind === 'file' ? 'file' : target.dataset ? 'table' : 'text', 14),
      el('span', {class: 'slice-name mono truncate', title: target.name}, target.name),
      el('span', {class: 'slice-about num'}, about.filter(Boolean).join('  ')),
    );
  }

  return {
    node,
    focusSearch: () => search.focusInput(),
    setTargets: (list) => {
      targets = list;
      if (list.length && !list.some((target) => target.dataset || target.kind === 'file') && kind === 'data') {
        kind = 'all';
        choice.choose(kind);
      }
      draw();
    },
    mark: (target) => {
      marked = target;
      const known = targets.find((one) => one.name === target.name && one.kind === target.kind);
      if (known && !passes(known) && !text) {
        kind = 'all';
        choice.choose(kind);
      }
      draw();
      items.querySelector('[aria-current="true"]')?.scrollIntoView({block: 'nearest'});
    },
  };
}

function shortName(target) {
  return target.kind === 'file' ? '' : (target.type ?? '').split('.').at(-1);
}

/** Arrow keys go from one to the next; Tab and Enter do what links do. */
function move(event, items) {
  const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
  const links = [...items.querySelectorAll('a')];
  if (!step || !links.length || event.target.closest('[role="radiogroup"]')) {
    return;
  }
  const at = links.indexOf(document.activeElement);
  const next = at < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + step, 0), links.length - 1);
  event.preventDefault();
  links[next].focus();
}
