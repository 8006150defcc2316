/** Asking a summarizer that sends text out of the machine: first what would be sent, then, if confirmed, the answer as it comes. */

import {dialog} from './dialog.js';
import {bytes, count} from './format.js';
import {button, callout, clear, el, errorState, facts, icon, skeleton} from './ui.js';

/** Requests under way, by notebook: leaving the view and coming back finds them again. */
const known = new Map();

/**
 * The place of the answer, and what opens the preview.
 *
 * @param {{context: Object, scope: function(): Object, onDone: function(string)}} options
 */
export function askPanel({context, scope, onDone}) {
  const node = el('div', {class: 'summary-ask', hidden: true});
  const path = context.api.at('summary');
  let current = known.get(context.notebook) ?? null;
  let text = null;

  const ends = [
    context.events.on('summary', (data) => current && data.id === current.id && show(data)),
    context.events.on('resume', () => current && fetchState()),
  ];
  if (current) {
    fetchState();
  }

  async function preview(summarizer) {
    const body = el('div', {class: 'summary-preview'}, skeleton(8));
    const send = button({label: `Send to ${name(summarizer)}`, icon: 'external', kind: 'primary', disabled: true, onClick: () => {}});
    const opened = dialog({
      title: `Ask ${name(summarizer)} for a summary?`,
      body,
      wide: true,
      actions: [button({label: 'Cancel', onClick: () => opened.close()}), send],
    });
    try {
      const plan = await context.api.get(`${path}/preview`, {params: {...scope(), summarizer: summarizer.id}, signal: context.signal});
      clear(body, previewBody(summarizer, plan));
      send.disabled = false;
      send.addEventListener('click', () => {
        opened.close();
        start(summarizer, plan);
      });
      send.focus();
    } catch (error) {
      clear(body, errorState(error));
    }
  }

  async function start(summarizer, plan) {
    const ask = {id: null, summarizer: summarizer.id, isUnwanted: false};
    current = ask;
    show({state: 'asking', text: ''});
    try {
      // It does not end with the view: what is under way must be found again, to be read or cancelled.
      const {id} = await context.api.post(path, {...scope(), summarizer: summarizer.id, digest: plan.digest});
      ask.id = id;
      known.set(context.notebook, ask);
      await (ask.isUnwanted ? cancel() : fetchState());
    } catch (error) {
      fail(error);
    }
  }

  async function fetchState() {
    const ask = current;
    if (!ask?.id) {
      return;
    }
    try {
      const state = await context.api.get(`${path}/asks/${encodeURIComponent(ask.id)}`, {signal: context.signal});
      // An event may have told its end before, and another may have been sent since.
      if (current === ask) {
        show(state);
      }
    } catch (error) {
      if (current !== ask) {
        return;
      }
      if (error.status === 404) {
        forget();
      } else {
        fail(error);
      }
    }
  }

  function show(data) {
    if (!current) {
      return;
    }
    node.hidden = false;
    if (data.state === 'done') {
      const {summarizer} = current;
      forget();
      context.announce('The summary is there.');
      onDone(summarizer);
    } else if (data.state === 'failed') {
      fail(data.error ?? {what: 'There is no summary'});
    } else if (data.state === 'cancelled') {
      forget();
      context.announce('Cancelled.');
    } else {
      progress(data);
    }
  }

  function progress(data) {
    if (!text) {
      text = el('pre', {class: 'summary-stream', tabindex: '0', role: 'region', 'aria-label': 'The answer as it arrives, not checked yet'});
      clear(
        node,
        el(
          'section',
          {class: 'panel', 'aria-label': `Answer of ${current.summarizer}`, 'aria-busy': 'true'},
          el(
            'div',
            {class: 'panel-head'},
            el('h2', null, `${name({id: current.summarizer})} is answering`),
            el('span', {class: 'muted'}, 'as it arrives, not checked yet'),
            el('span', {class: 'spread'}),
            button({label: 'Cancel', small: true, onClick: cancel}),
          ),
          text,
        ),
      );
      context.announce(`Sent. ${name({id: current.summarizer})} is answering.`);
    }
    const atEnd = text.scrollTop + text.clientHeight >= text.scrollHeight - 8;
    text.textContent = data.text || 'Waiting for the first words…';
    if (atEnd) {
      text.scrollTop = text.scrollHeight;
    }
  }

  async function cancel() {
    if (current && !current.id) {
      current.isUnwanted = true;
    } else if (current) {
      const ask = current;
      try {
        await context.api.delete(`${path}/asks/${encodeURIComponent(ask.id)}`, {signal: context.signal});
        await fetchState();
      } catch (error) {
        if (current === ask) {
          fail(error);
        }
      }
    }
  }

  function fail(error) {
    if (error.name === 'AbortError' || context.signal.aborted) {
      return;
    }
    known.delete(context.notebook);
    text = null;
    current = null;
    node.hidden = false;
    clear(node, callout(
      'bad',
      el('strong', null, error.what ?? String(error.message ?? error)),
      error.todo ? el('p', null, error.todo) : null,
      el('p', null, 'The summary below stands.'),
      button({label: 'Close', small: true, onClick: () => forget()}),
    ));
    context.announce(error.what ?? 'There is no summary', {assertive: true});
  }

  function forget() {
    known.delete(context.notebook);
    current = null;
    text = null;
    node.hidden = true;
    clear(node);
  }

  return {node, open: preview, close: () => ends.forEach((end) => end())};
}

function previewBody(summarizer, plan) {
  const size = plan.bytes ?? plan.requests.reduce((sum, one) => sum + new Blob([one.text]).size, 0);
  return [
    callout('info', 'Nothing was sent yet. This is exactly what would leave this machine: secrets and personal data that were recognised are replaced by marks.'),
    facts([
      ['To', plan.destination || name(summarizer)],
      ['How much', `${count(plan.requests.length, 'request')}, ${bytes(size)}, about ${count(plan.inputTokens)} tokens`],
    ]),
    plan.requests.map((request, i) =>
      el(
        'details',
        {class: 'summary-request', open: i === 0},
        el('summary', null, icon('text', 14), el('span', null, `${i + 1}. ${request.purpose}`), el('span', {class: 'muted num'}, `about ${count(request.inputTokens)} tokens`)),
        el('pre', {class: 'summary-sent', tabindex: '0', role: 'region', 'aria-label': `Text of request ${i + 1}`}, request.text),
      )),
    plan.requests.length > 1 ? el('p', {class: 'muted'}, 'One more request would join the answers.') : null,
  ];
}

function name(summarizer) {
  return summarizer.id[0].toUpperCase() + summarizer.id.slice(1);
}
