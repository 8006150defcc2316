/** The words of a summary: statements under headings, each with the steps it rests on and what is wrong with it. */

import {badge, el} from './ui.js';

const PARTS = [
  ['narrative', 'What happened'],
  ['preprocessing', 'Preprocessing'],
  ['transformations', 'Data transformations'],
  ['rationale', 'Experiment rationale'],
  ['openQuestions', 'Open questions'],
];
const AT_MOST = 12;

/**
 * The article. Statements are plain text: whatever stands in them, from a notebook or a model, is shown and never interpreted.
 *
 * @param {{summary: Object, onStep: function(string)}} options
 */
export function summaryArticle({summary, onStep}) {
  const known = new Map((summary.outline ?? []).map((step) => [step.id, step]));
  return el(
    'article',
    {class: 'summary-article', 'aria-label': 'Summary'},
    PARTS.filter(([name]) => (summary[name] ?? []).length).map(([name, title]) =>
      el(
        'section',
        {class: `summary-part summary-${name}`, 'aria-label': title},
        el('h2', null, title),
        el(name === 'narrative' ? 'div' : 'ul', {class: 'summary-claims'}, summary[name].map((claim) => statement(name, claim, known, onStep))),
      )),
  );
}

function statement(part, claim, known, onStep) {
  const problems = claim.problems ?? [];
  return el(
    part === 'narrative' ? 'p' : 'li',
    {class: problems.length ? 'summary-claim summary-claim-bad' : 'summary-claim'},
    el('span', {class: 'summary-words'}, claim.text),
    ' ',
    citations(claim.steps ?? [], known, onStep),
    problems.length
      ? el(
        'span',
        {class: 'summary-problems'},
        badge('not supported', 'warn', 'warning'),
        el('span', {class: 'summary-problem'}, `It ${problems.join('; it ')}.`),
      )
      : null,
  );
}

function citations(steps, known, onStep) {
  const shown = steps.slice(0, AT_MOST);
  return el(
    'span',
    {class: 'summary-citations'},
    shown.map((id) => citation(id, known.get(id), onStep)),
    steps.length > shown.length ? el('span', {class: 'muted'}, ` and ${steps.length - shown.length} more`) : null,
  );
}

function citation(id, step, onStep) {
  if (!step) {
    return el('span', {class: 'summary-citation summary-citation-none', title: 'There is no such step'}, id);
  }
  return el(
    'button',
    {type: 'button', class: 'summary-citation', title: step.text, 'aria-label': `Step ${id}: ${step.text}`, onclick: () => onStep(id)},
    id,
  );
}
