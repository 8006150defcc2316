/**
 * Keyboard shortcuts. Single letters can be switched off in the help (WCAG 2.1.4), and never act while something is typed
 * or a dialog is open. A shortcut is a key (`/`, `?`, `j`) or two after each other (`g t`).
 */

const STORED = 'trackit.shortcuts';
const PAUSE = 1200;

const shortcuts = [];
let first = '';
let timer = 0;

export const keys = {
  /**
   * Adds a shortcut.
   *
   * @param {{key: string, help: string, group?: string, run: function(KeyboardEvent)}} shortcut
   * @returns {function} removes it
   */
  add(shortcut) {
    shortcuts.push(shortcut);
    return () => {
      const at = shortcuts.indexOf(shortcut);
      if (at >= 0) {
        shortcuts.splice(at, 1);
      }
    };
  },

  /** All that hold now, for the help. */
  all: () => [...shortcuts],

  /** Whether single letters act. */
  get on() {
    try {
      return localStorage.getItem(STORED) !== 'off';
    } catch (refused) {
      return true;
    }
  },

  set on(value) {
    try {
      localStorage.setItem(STORED, value ? 'on' : 'off');
    } catch (refused) {
      // Kept for this page only where storage is switched off.
    }
  },
};

function isTyping(target) {
  return target instanceof Element && target.closest('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]') !== null;
}

document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !keys.on) {
    return;
  }
  if (isTyping(event.target) || document.querySelector('dialog[open]')) {
    return;
  }
  const pair = first ? `${first} ${event.key}` : event.key;
  const found = shortcuts.findLast((shortcut) => shortcut.key === pair)
    ?? shortcuts.findLast((shortcut) => shortcut.key === event.key);
  clearTimeout(timer);
  first = '';
  if (found) {
    event.preventDefault();
    found.run(event);
  } else if (shortcuts.some((shortcut) => shortcut.key.startsWith(`${event.key} `))) {
    first = event.key;
    timer = setTimeout(() => {
      first = '';
    }, PAUSE);
  }
});
