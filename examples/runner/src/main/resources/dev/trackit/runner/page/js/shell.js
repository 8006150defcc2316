/** The frame of the page: the bar with its places, the state of the connection, the theme, and the help. */

import {address, NOTEBOOK_VIEWS} from './router.js';
import {clear, el, icon, iconButton} from './ui.js';
import {dialog} from './dialog.js';
import {keys} from './keys.js';
import {fileName} from './picker-row.js';

const THEMES = {
  system: {next: 'light', icon: 'system', label: 'Theme: as the system. Change to light'},
  light: {next: 'dark', icon: 'sun', label: 'Theme: light. Change to dark'},
  dark: {next: 'system', icon: 'moon', label: 'Theme: dark. Change to the system’s'},
};
const LIVE = {
  connecting: ['Connecting', 'Connecting to TrackIT'],
  live: ['Live', 'Live: what happens is shown as it happens'],
  lost: ['Offline', 'The connection to TrackIT is lost'],
  resting: ['Paused', 'Paused while the page is in the background'],
};

/* A connection that is back at once is not worth a banner. */
const LOST_FOR = 1000;

/** Makes the bar, and keeps it as things change. */
export class Shell {
  #bar = document.getElementById('bar');
  #banner = document.getElementById('banner');
  #crumb = el('div', {class: 'crumb', hidden: true});
  #nav = el('nav', {class: 'viewnav', 'aria-label': 'Views'});
  #live = el('span', {class: 'live', 'data-state': 'connecting'});
  #state = el('a', {class: 'button button-quiet', href: '/state'}, icon('state'), el('span', null, 'State'));
  #retry;
  #timer = 0;

  /** @param {function} retry tries to connect again, at once */
  constructor(retry) {
    this.#retry = retry;
    document.body.prepend(el('a', {class: 'skip', href: '#view', onclick: skip}, 'Skip to the content'));
    clear(
      this.#bar,
      el('a', {class: 'brand', href: '/', 'aria-label': 'TrackIT: all notebooks'}, icon('mark', 20), el('span', {class: 'brand-name'}, 'TrackIT')),
      this.#crumb,
      this.#nav,
      el('div', {class: 'bar-tools'}, this.#live, this.#state, themeButton(), iconButton({icon: 'help', label: 'Keyboard and help', onClick: showHelp})),
    );
    this.connection('connecting');
    keys.add({key: '?', help: 'Show this help', group: 'Everywhere', run: showHelp});
  }

  /** Shows where one is. */
  place({view, notebook, info}) {
    const current = (name) => (name === view ? 'page' : null);
    this.#crumb.hidden = !notebook;
    clear(this.#crumb, notebook ? el('span', {class: 'crumb-name truncate', title: info?.path ?? ''}, fileName(info) || '…') : null);
    clear(
      this.#nav,
      notebook
        ? NOTEBOOK_VIEWS.map((place) =>
          el('a', {href: address(place.name, notebook), 'aria-current': current(place.name)}, icon(place.icon), place.title))
        : el('a', {href: '/', 'aria-current': current('picker')}, icon('notebook'), 'Notebooks'),
    );
    if (view === 'state') {
      this.#state.setAttribute('aria-current', 'page');
    } else {
      this.#state.removeAttribute('aria-current');
    }
  }

  /** Shows how the connection is. */
  connection(state) {
    const [word, title] = LIVE[state];
    this.#live.dataset.state = state;
    this.#live.title = title;
    clear(this.#live, el('span', {class: 'live-text'}, word));
    clearTimeout(this.#timer);
    if (state === 'lost') {
      this.#timer = setTimeout(() => this.#showLost(), LOST_FOR);
    } else {
      clear(this.#banner);
    }
  }

  #showLost() {
    clear(this.#banner, el(
      'div',
      {class: 'banner', role: 'alert'},
      icon('warning'),
      el('span', {class: 'spread'}, 'The connection to TrackIT is lost. What is shown may be old; it catches up by itself once TrackIT answers again.'),
      el('button', {type: 'button', class: 'button button-small', onclick: this.#retry}, 'Try now'),
    ));
  }
}

function skip(event) {
  event.preventDefault();
  document.getElementById('view').focus();
}

function chosenTheme() {
  return document.documentElement.dataset.theme ?? 'system';
}

function themeButton() {
  const node = iconButton({icon: 'system', label: 'Theme', onClick: () => {
    const next = THEMES[chosenTheme()].next;
    if (next === 'system') {
      delete document.documentElement.dataset.theme;
    } else {
      document.documentElement.dataset.theme = next;
    }
    try {
      localStorage.setItem('trackit.theme', next);
    } catch (refused) {
      // Kept for this page only where storage is switched off.
    }
    show();
  }});
  const show = () => {
    const theme = THEMES[chosenTheme()];
    clear(node, icon(theme.icon));
    node.setAttribute('aria-label', theme.label);
    node.title = theme.label;
  };
  show();
  return node;
}

/** The help: the shortcuts that hold here, and a switch to turn them off. */
function showHelp() {
  if (document.querySelector('dialog[open]')) {
    return;
  }
  const groups = new Map();
  for (const shortcut of keys.all()) {
    const group = shortcut.group ?? 'In this view';
    groups.set(group, [...(groups.get(group) ?? []), shortcut]);
  }
  const box = el('input', {type: 'checkbox', checked: keys.on, onchange: (event) => {
    keys.on = event.target.checked;
  }});
  dialog({
    title: 'Keyboard',
    body: [
      el('div', {class: 'help-groups'}, [...groups].map(([name, all]) => el(
        'section',
        null,
        el('h3', null, name),
        el('dl', {class: 'help-keys'}, all.map((shortcut) => [
          el('dt', null, shortcut.key.split(' ').map((key, i) => [i ? ' then ' : null, el('kbd', null, key)])),
          el('dd', null, shortcut.help),
        ])),
      ))),
      el('label', {class: 'check help-switch'}, box, 'Shortcuts of single keys are on'),
    ],
  });
}
