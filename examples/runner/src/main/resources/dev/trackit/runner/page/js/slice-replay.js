/** Running a slice again in a kernel of its own, with its progress and what the comparison with the record found. */

import {count} from './format.js';
import {button, clear, el, icon, table} from './ui.js';

/** Replays that were started while the page is open: leaving the view and coming back finds them again. */
const known = new Map();

const VERDICTS = {
  'same': {kind: 'good', sign: 'check', title: 'The same'},
  'different': {kind: 'bad', sign: 'error', title: 'Something else came out'},
  'not-comparable': {kind: 'info', sign: 'info', title: 'It ran; there is nothing to compare'},
  'could-not-run': {kind: 'bad', sign: 'error', title: 'It could not run'},
};

/**
 * The button that starts a replay, and the place where its progress and result stand.
 *
 * @param {{context: Object, params: Object, replayable: boolean}} options
 */
export function replayPanel({context, params, replayable}) {
  const key = JSON.stringify([context.notebook, params]);
  const node = el('div', {class: 'slice-replay', hidden: true});
  const starter = button({
    label: 'Replay and compare',
    icon: 'play',
    kind: 'primary',
    disabled: !replayable,
    title: replayable ? 'Runs the script in a kernel and a folder of its own, and compares what comes out with the record' : 'There is no kernel on this machine that could run it',
    onClick: () => start(),
  });
  let id = known.get(key) ?? null;
  let ended = false;
  let isUnwanted = false;
  let drawn = null;

  const forget = context.events.on('replay', (data) => {
    if (data.id === id) {
      show(data);
    }
  });
  const forgetResume = context.events.on('resume', () => id && !ended && ask());
  if (id) {
    ask();
  }

  async function start() {
    starter.disabled = true;
    id = null;
    isUnwanted = false;
    show({state: 'preparing', step: 0, steps: 0});
    try {
      // It does not end with the view: what runs must be found again, to be seen or cancelled.
      ({id} = await context.api.post(`${context.api.at('slice')}/replays`, params));
      known.set(key, id);
      // An event may have come before the answer; and where events do not come, this asks.
      await (isUnwanted ? cancel() : ask());
    } catch (error) {
      fail(error);
    }
  }

  async function ask() {
    const asked = id;
    try {
      const state = await context.api.get(`${context.api.at('slice')}/replays/${encodeURIComponent(asked)}`, {signal: context.signal});
      // An event may have told its end before, and another may have been started since.
      if (id === asked) {
        show(state);
      }
    } catch (error) {
      if (id !== asked) {
        return;
      }
      if (error.status === 404) {
        known.delete(key);
        id = null;
        node.hidden = true;
        starter.disabled = !replayable;
      } else {
        fail(error);
      }
    }
  }

  function fail(error) {
    if (error.name === 'AbortError' || context.signal.aborted) {
      return;
    }
    starter.disabled = false;
    box('bad', 'error', error.what ?? 'The replay could not be started', el('p', null, error.todo ?? String(error.message ?? error)));
    context.announce(error.what ?? 'The replay could not be started', {assertive: true});
  }

  function show(data) {
    if (ended && data.id === id && data.state !== 'done' && drawn === id) {
      return;
    }
    node.hidden = false;
    if (data.state === 'done') {
      finish(data.replay);
    } else if (data.state === 'cancelled') {
      ended = true;
      starter.disabled = false;
      box('info', 'info', 'The replay was cancelled', null);
    } else {
      ended = false;
      progress(data);
    }
  }

  function progress(data) {
    const words = data.state === 'preparing' || !data.steps
      ? 'Preparing a folder and a kernel…'
      : `Part ${Math.min(data.step + 1, data.steps)} of ${data.steps}${data.sequence ? `, from execution #${data.sequence}` : ''}`;
    let bar = node.querySelector('progress');
    if (!bar) {
      bar = el('progress', {class: 'progress', 'aria-label': 'Replay'});
      clear(
        node,
        el(
          'section',
          {class: 'callout slice-progress', 'aria-label': 'Replay'},
          icon('play'),
          el('div', {class: 'slice-progress-body'}, el('p', {class: 'slice-progress-words'}), bar),
          button({label: 'Cancel', small: true, onClick: () => cancel()}),
        ),
      );
      context.announce('The replay has begun.');
    }
    node.querySelector('.slice-progress-words').textContent = words;
    if (data.steps) {
      bar.max = data.steps;
      bar.value = data.step;
    } else {
      bar.removeAttribute('value');
    }
    starter.disabled = true;
  }

  async function cancel() {
    if (!id) {
      isUnwanted = true;
    } else {
      const unwanted = id;
      try {
        await context.api.delete(`${context.api.at('slice')}/replays/${encodeURIComponent(unwanted)}`, {signal: context.signal});
        await ask();
      } catch (error) {
        if (id === unwanted) {
          fail(error);
        }
      }
    }
  }

  function finish(replay) {
    if (ended && drawn === id) {
      return;
    }
    ended = true;
    drawn = id;
    starter.disabled = !replayable;
    const verdict = VERDICTS[replay.result] ?? VERDICTS['could-not-run'];
    box(verdict.kind, verdict.sign, verdict.title, details(replay));
    context.announce(`Replay: ${verdict.title}. ${summaryOf(replay)}`);
  }

  function box(kind, sign, title, content) {
    node.hidden = false;
    clear(
      node,
      el(
        'section',
        {class: `callout callout-${kind} slice-verdict`, 'aria-label': 'Result of the replay'},
        icon(sign),
        el('div', {class: 'slice-verdict-body'}, el('h2', null, title), content),
      ),
    );
  }

  return {
    node,
    button: starter,
    close: () => {
      forget();
      forgetResume();
    },
  };
}

function summaryOf(replay) {
  switch (replay.result) {
    case 'same':
      return `The replay gave the same in ${count(replay.compared, 'comparison')} of outputs and files.`;
    case 'different':
      return `${count(replay.differences.length, 'difference')} in ${count(replay.compared, 'comparison')} of outputs and files.`;
    case 'not-comparable':
      return 'The script ran to its end, but the record shows no output or file that it makes.';
    default:
      return replay.reason || 'The record says no more.';
  }
}

function details(replay) {
  return [
    el('p', null, summaryOf(replay)),
    replay.differences?.length
      ? table({
        caption: 'What differs',
        columns: [{text: 'Where'}, {text: 'Recorded'}, {text: 'Replayed'}],
        rows: replay.differences.map((one) => [one.where, value(one.recorded), value(one.replayed)]),
      })
      : null,
  ];
}

function value(text) {
  return text === '' ? el('span', {class: 'muted'}, '(nothing)') : el('code', {class: 'slice-value'}, text);
}
