/** The steps that a summary rests on, beside it: where its citations lead, and from there to the timeline. */

import {badge, el, icon} from './ui.js';

const FATES = {
  kept: null,
  superseded: ['run again since', 'note'],
  failed: ['failed', 'bad'],
  inspection: ['looked at', null],
  unknown: ['not understood', null],
  prose: ['text', 'info'],
  dead_end: ['led nowhere', null],
};

/**
 * The panel.
 *
 * @param {{summary: Object, context: Object}} options
 */
export function stepsPanel({summary, context}) {
  const steps = summary.outline ?? [];
  const nodes = new Map();
  const list = el('ol', {class: 'summary-steps'}, steps.map((step) => {
    const node = item(step, context);
    nodes.set(step.id, node);
    return node;
  }));
  const node = el(
    'aside',
    {class: 'summary-side', 'aria-label': 'Steps'},
    el('div', {class: 'summary-side-head'}, el('h2', null, 'Steps'), el('span', {class: 'muted num'}, String(steps.length))),
    list,
  );
  let marked = null;
  return {
    node,
    show(id) {
      const chosen = nodes.get(id);
      if (!chosen) {
        return;
      }
      marked?.removeAttribute('aria-current');
      chosen.setAttribute('aria-current', 'true');
      marked = chosen;
      chosen.scrollIntoView({block: 'center'});
      chosen.focus({preventScroll: true});
    },
  };
}

function item(step, context) {
  const fate = FATES[step.fate] === undefined ? [step.fate, null] : FATES[step.fate];
  return el(
    'li',
    {class: `summary-step summary-step-${step.fate}`, tabindex: '-1'},
    el(
      'div',
      {class: 'summary-step-head'},
      el('span', {class: 'summary-step-id mono'}, step.id),
      step.activity ? el('span', {class: 'muted'}, step.activity) : null,
      fate ? badge(...fate) : null,
      el('span', {class: 'spread'}),
      step.sequence
        ? el('a', {class: 'summary-step-link', href: context.address('timeline', {execution: step.sequence}), 'aria-label': `Execution ${step.sequence} in the timeline`}, icon('timeline', 14), `#${step.sequence}`)
        : null,
    ),
    el('p', {class: 'summary-step-text'}, step.text),
    (step.facts ?? []).length ? el('ul', {class: 'summary-facts'}, step.facts.map((fact) => el('li', null, fact))) : null,
  );
}
