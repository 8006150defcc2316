/** Chooses other notebooks whose steps a slice may begin with: those that wrote the files it reads. */

import {fileName} from './picker-row.js';
import {clear, el, iconButton, select} from './ui.js';

/**
 * The choice, for the foot of the panel of inputs.
 *
 * @param {Object} context of the view
 * @param {{inputs: string[]}} slice
 */
export function otherNotebooks(context, slice) {
  const chosen = (context.query.get('with') ?? '').split(',').filter(Boolean);
  const node = el('div', {class: 'slice-others', hidden: true});
  let others = [];
  if ((slice.inputs ?? []).length || chosen.length) {
    const end = context.events.on('notebook', (one) => (others.length && !node.isConnected ? end() : add([one])));
    fill();
  }
  return node;

  async function fill() {
    try {
      add((await context.api.get('/', {params: {state: 'recorded'}, signal: context.signal})).notebooks);
    } catch (failure) {
      // The slice of this notebook stands all the same; the shell says when the connection is lost.
    }
  }

  /** Those among these notebooks that may be chosen and are new here: what was recorded a moment ago may come later than the list. */
  function add(notebooks) {
    const fresh = notebooks.filter((one) => one?.id !== context.notebook && one?.executions > 0 && !others.some((other) => other.id === one.id));
    if (fresh.length) {
      others = [...others, ...fresh];
      draw();
    }
  }

  function draw() {
    const left = others.filter((one) => !chosen.includes(one.id));
    node.hidden = others.length === 0;
    clear(
      node,
      chosen.length ? el('ul', {class: 'slice-others-chosen', 'aria-label': 'Notebooks that the slice goes on in'}, chosen.map((id) => item(id))) : null,
      left.length
        ? select({
          label: 'Go on in the notebook that wrote the inputs',
          options: [{value: '', text: chosen.length ? 'Another notebook…' : 'Go on in the notebook that wrote them…'}, ...left.map((one) => ({value: one.id, text: one.name}))],
          value: '',
          onChange: (id) => id && choose([...chosen, id]),
        })
        : null,
    );
  }

  function item(id) {
    const notebook = others.find((one) => one.id === id);
    const name = notebook ? notebook.name : id;
    return el('li', null, el('span', {class: 'truncate', title: name}, notebook ? fileName(notebook) : id), iconButton({icon: 'close', label: `Without ${name}`, small: true, onClick: () => choose(chosen.filter((one) => one !== id))}));
  }

  function choose(ids) {
    context.setQuery({with: ids.length ? ids.join(',') : null}, {replace: false});
  }
}
