/**
 * The slice view: choose a variable or a file, see the few lines that make it, where they come from and what they rest
 * on, take them away as a file, and run them again to see whether they still give the same.
 */

import {ApiError, withQuery} from './api.js';
import {codeBlock} from './code.js';
import {clock, count, shape, time} from './format.js';
import {sliceOrigins} from './slice-origins.js';
import {otherNotebooks} from './slice-others.js';
import {replayPanel} from './slice-replay.js';
import {targetList} from './slice-targets.js';
import {badge, buttonLink, callout, clear, copyButton, el, emptyState, errorState, icon, skeleton, waiting} from './ui.js';

/** Opens the view. */
export function open(root, context) {
  return new SliceView(root, context).start();
}

class SliceView {
  constructor(root, context) {
    this.root = root;
    this.context = context;
    this.asked = 0;
    this.listed = 0;
    this.replay = null;
    this.list = targetList({addressOf: (target) => context.address('slice', this.queryOf(target))});
    this.body = el('div', {class: 'slice-body'});
  }

  start() {
    this.root.className = 'slice';
    clear(this.root, this.list.node, this.body);
    clear(this.body, waiting(this.context.info));
    this.context.events.on('lineage', () => this.onNews());
    this.context.events.on('resume', () => this.onNews());
    this.context.keys.add({key: 'r', help: 'Replay and compare', group: 'Slice', run: () => this.replay?.button.click()});
    this.load();
    return {
      close: () => {
        clearTimeout(this.waiting);
        this.replay?.close();
      },
      update: () => this.show(),
      focusSearch: () => this.list.focusSearch(),
    };
  }

  /** What the address asks for: a target, or nothing yet. */
  wanted() {
    const query = this.context.query;
    for (const kind of ['var', 'file']) {
      if (query.get(kind)) {
        return {kind: kind === 'var' ? 'variable' : 'file', name: query.get(kind), at: query.get('at')};
      }
    }
    return null;
  }

  async load() {
    try {
      const {targets} = await this.context.api.get(this.context.api.at('slice'), {signal: this.context.signal});
      this.list.setTargets(targets);
      this.targets = targets;
      if (!targets.length && !this.wanted()) {
        this.showNothing();
      } else if (!this.wanted()) {
        // The data that is there at the end is what most come for: show the newest of it at once.
        this.context.setQuery(this.queryOf(targets[0]));
      } else {
        this.show();
      }
    } catch (error) {
      this.fail(error, () => this.load());
    }
  }

  queryOf(target) {
    return {
      var: target.kind === 'file' ? null : target.name,
      file: target.kind === 'file' ? target.name : null,
      at: target.alive ? null : String(target.sequence),
    };
  }

  /** Something was executed: the list may have grown, and what is shown may be out of date; it is not pulled away. */
  async onNews() {
    const asked = ++this.listed;
    try {
      const {targets} = await this.context.api.get(this.context.api.at('slice'), {signal: this.context.signal});
      if (asked !== this.listed) {
        return;
      }
      const before = this.targets ?? [];
      this.targets = targets;
      this.list.setTargets(targets);
      if (!before.length && targets.length && !this.wanted()) {
        this.context.setQuery(this.queryOf(targets[0]));
      } else if (this.isOutOfDate(targets)) {
        this.offerNewer();
      }
    } catch (error) {
      // The next event asks again; the shell says when the connection is lost.
    }
  }

  isOutOfDate(targets) {
    if (!this.shown || this.wanted()?.at) {
      return false;
    }
    const now = targets.find((target) => target.name === this.shown.name && target.kind === this.shown.kind);
    return now !== undefined && this.shown.sequence !== undefined && now.sequence !== this.shown.sequence;
  }

  offerNewer() {
    if (!this.newer) {
      this.newer = callout(
        'info',
        `${this.shown.name} was changed since. `,
        el('button', {type: 'button', class: 'link', onclick: () => this.show()}, 'Show the slice as it is now'),
      );
      this.body.firstElementChild?.prepend(this.newer);
      this.context.announce(`${this.shown.name} was changed since.`);
    }
  }

  showNothing() {
    this.shown = null;
    clear(this.body, emptyState({
      heading: 'h1',
      icon: 'slice',
      title: 'Nothing to slice yet',
      text: 'When a cell of this notebook makes a variable or writes a file, it appears here. Run a cell in Jupyter.',
    }));
  }

  async show() {
    const wanted = this.wanted();
    if (!wanted) {
      return this.targets?.length ? undefined : this.showNothing();
    }
    this.list.mark(wanted);
    this.replay?.close();
    this.replay = null;
    const asked = ++this.asked;
    // That of a request that is overtaken by this one must not clear away what this one draws.
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => clear(this.body, skeleton(12)), 150);
    try {
      const slice = await this.context.api.get(this.context.api.at('slice'), {
        params: this.params(wanted),
        signal: this.context.signal,
      });
      if (asked === this.asked) {
        clearTimeout(this.waiting);
        this.draw(wanted, slice);
      }
    } catch (error) {
      if (asked === this.asked) {
        clearTimeout(this.waiting);
        this.fail(error, () => this.show());
      }
    }
    return undefined;
  }

  params(wanted) {
    return {[wanted.kind === 'file' ? 'file' : 'var']: wanted.name, at: wanted.at, with: this.context.query.get('with')};
  }

  fail(error, retry) {
    if (error.name === 'AbortError') {
      return;
    }
    this.shown = null;
    if (error instanceof ApiError && error.status === 404) {
      clear(this.body, emptyState({heading: 'h1', icon: 'slice', title: error.what, text: error.todo || 'Choose another in the list.'}));
    } else {
      clear(this.body, errorState(error, {heading: 'h1', retry}));
    }
  }

  draw(wanted, slice) {
    const target = this.targets?.find((one) => one.name === wanted.name && one.kind === wanted.kind);
    this.shown = {...wanted, sequence: wanted.at ? undefined : target?.sequence};
    this.newer = null;
    const script = codeBlock(slice.script.replace(/\n+$/, ''), {label: 'The script', language: 'python', number: true});
    script.classList.add('slice-script');
    this.replay = replayPanel({context: this.context, params: this.params(wanted), replayable: slice.replayable !== false});
    clear(
      this.body,
      el(
        'div',
        {class: 'slice-page'},
        this.head(wanted, slice, target),
        (slice.warnings ?? []).length ? warnings(slice.warnings) : null,
        this.replay.node,
        el(
          'div',
          {class: 'slice-columns'},
          el(
            'div',
            {class: 'panel slice-code'},
            el(
              'div',
              {class: 'panel-head'},
              el('h2', null, 'Script'),
              el('span', {class: 'muted num'}, lineCount(slice.script)),
              el('span', {class: 'spread'}),
              copyButton(() => slice.script),
            ),
            script,
          ),
          sliceOrigins({slice, context: this.context, script, others: otherNotebooks(this.context, slice)}),
        ),
      ),
    );
    this.body.scrollTop = 0;
    this.context.announce(`Slice of ${wanted.name}: ${lineCount(slice.script)} from ${count(slice.executions.length, 'execution')}.`);
  }

  head(wanted, slice, target) {
    const path = this.context.api.at('slice');
    const last = slice.executions.find((one) => one.sequence === slice.at);
    const when = last?.at ?? target?.changedAt;
    return el(
      'header',
      {class: 'slice-head'},
      el(
        'div',
        {class: 'slice-title'},
        el('h1', {class: 'mono'}, wanted.name),
        el(
          'p',
          {class: 'slice-facts'},
          badge(wanted.kind === 'file' ? 'file' : shortType(slice.type ?? target?.type) || 'variable', 'info', wanted.kind === 'file' ? 'file' : 'table'),
          slice.rows !== undefined || slice.cols !== undefined ? el('span', {class: 'num'}, shape(slice.rows, slice.cols)) : null,
          el('span', {class: 'muted'}, asOf(wanted, slice)),
          when ? el('span', {class: 'muted', title: time(when)}, clock(when)) : null,
        ),
      ),
      el(
        'div',
        {class: 'slice-actions'},
        buttonLink({label: 'Download .py', icon: 'download', href: withQuery(`${path}.py`, this.params(wanted)), download: ''}),
        buttonLink({label: 'Download .ipynb', icon: 'download', href: withQuery(`${path}.ipynb`, this.params(wanted)), download: ''}),
        this.replay.button,
      ),
    );
  }
}

function asOf(wanted, slice) {
  if (slice.at === undefined || slice.at === null) {
    return '';
  }
  return wanted.at ? `as it was after execution #${slice.at}` : `as it is after execution #${slice.at}`;
}

function warnings(list) {
  return el(
    'section',
    {class: 'callout callout-warn', 'aria-label': 'Warnings'},
    icon('warning'),
    el(
      'div',
      null,
      el('p', {class: 'slice-warning-head'}, list.length === 1 ? 'One thing speaks against an equal result' : `${list.length} things speak against an equal result`),
      el('ul', {class: 'slice-warnings'}, list.map((text) => el('li', null, text))),
    ),
  );
}

/** `pandas.core.frame.DataFrame` is a DataFrame to people. */
export function shortType(type) {
  return type ? type.split('.').at(-1) : '';
}

function lineCount(script) {
  return count(script.replace(/\n$/, '').split('\n').length, 'line');
}
