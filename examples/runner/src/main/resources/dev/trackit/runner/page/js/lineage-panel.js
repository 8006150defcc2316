/** What is known of one node of the picture: its data or its code, where it comes from, and when it ran. */

import {codeBlock} from './code.js';
import {bytes, count, shape} from './format.js';
import {kindWord} from './lineage-table.js';
import {badge, button, buttonLink, callout, clear, el, facts, iconButton, skeleton} from './ui.js';

const DATA = new Set(['file', 'frame', 'series', 'array', 'model', 'value', 'unknown']);
const RUNS = 12;
const HOW = {
  IDENTITY: 'as it was', TRANSFORMATION: 'computed from it', AGGREGATION: 'aggregated from it', JOIN: 'rows matched by it', GROUP_BY: 'grouped by it',
  FILTER: 'rows kept by it', SORT: 'ordered by it', WINDOW: 'window cut by it', CONDITIONAL: 'decided by it',
};

/**
 * The panel.
 *
 * @param {{node: Object, lineage: Object, context: Object, linkTo: function(Object): string, choose: function(string),
 *     find: function(string), focusOn: function(string), toggleRow: function, close: function}} options
 */
export function lineagePanel(options) {
  const {node, lineage} = options;
  const isData = DATA.has(node.kind);
  return el(
    'div',
    {class: 'lineage-panel'},
    el(
      'div',
      {class: 'lineage-panel-head'},
      el('h2', {class: 'lineage-panel-title'}, node.kind === 'file' ? node.label : node.title),
      iconButton({icon: 'close', label: 'Close', small: true, onClick: options.close}),
    ),
    el(
      'p',
      {class: 'lineage-panel-kind'},
      badge(kindWord(node.kind), 'note'),
      node.version > 1 ? badge(`version ${node.version}`) : null,
      node.current ? null : badge('replaced since', 'warn'),
      node.runs.some((run) => run.failed) && !isData ? badge('failed', 'bad') : null,
    ),
    node.stale.map((reason) => callout('warn', `Out of date. ${reason}`)),
    node.kind === 'unknown' ? callout('warn', 'This was used, but what made it was not recorded.') : null,
    actions(options, isData),
    isData ? dataFacts(node, lineage, options) : null,
    node.code ? section('Code', codeBlock(node.code, {label: 'The code of this step'})) : null,
    node.members.length ? members(options) : null,
    ends('Comes from', lineage.edges.filter((edge) => edge.to === node.id).map((edge) => edge.from), options, node.moreBefore, 'up'),
    ends('Goes to', lineage.edges.filter((edge) => edge.from === node.id).map((edge) => edge.to), options, node.moreAfter, 'down'),
    runs(node, options),
    isData && node.kind !== 'file' && node.kind !== 'unknown' ? columns(node, options) : null,
  );
}

function actions({node, context, lineage, focusOn, toggleRow}, isData) {
  const list = [];
  if (node.members.length || node.opened) {
    list.push(button({label: node.opened ? 'Close this row of steps' : 'Open in the picture', icon: 'expand', small: true, onClick: toggleRow}));
  }
  if (lineage.focus !== node.id && !node.members.length) {
    list.push(button({label: 'Only its lineage', icon: 'filter', small: true, onClick: () => focusOn('both')}));
  }
  if (isData && node.kind !== 'unknown' && node.current) {
    const target = node.kind === 'file' ? {file: node.label} : {var: node.label};
    if (node.kind !== 'file' || lineage.edges.some((edge) => edge.to === node.id)) {
      list.push(buttonLink({label: 'Slice', icon: 'slice', small: true, href: context.address('slice', target)}));
    }
  }
  return list.length ? el('div', {class: 'lineage-panel-actions'}, list) : null;
}

function dataFacts(node, lineage, {choose}) {
  const before = lineage.nodes.find((one) => one.id === node.changedSince);
  const names = (list) => (list?.length ? list.join(', ') : null);
  const added = names(node.columnsAdded);
  const dropped = names(node.columnsDropped);
  const size = node.rows === null && node.cols === null ? null : shape(node.rows, node.cols);
  const pairs = [
    node.type ? ['Type', el('code', null, node.type)] : null,
    size ? ['Shape', size] : null,
    node.change
      ? ['Change', before ? [`${node.change}, since `, el('button', {type: 'button', class: 'link', onclick: () => choose(before.id)}, versioned(before))] : node.change]
      : null,
    added ? ['Columns added', added] : null,
    dropped ? ['Columns dropped', dropped] : null,
    node.aliases.length ? ['Also called', node.aliases.join(', ')] : null,
    node.kind === 'file' && node.bytes >= 0 ? ['Size when read', bytes(node.bytes)] : null,
  ].filter(Boolean);
  return pairs.length ? facts(pairs) : null;
}

function members({node, linkTo}) {
  const steps = node.members.filter((member) => !DATA.has(member.kind));
  return section(node.kind === 'chain' ? 'Steps, in order' : 'What it holds', el(
    'ol',
    {class: 'lineage-members'},
    steps.map((member) => el(
      'li',
      null,
      el('div', {class: 'lineage-member-head'}, el('strong', null, member.title), el('a', {href: linkTo(member.runs[0])}, member.runs[0].place)),
      codeBlock(member.code, {label: `The code of ${member.title}`}),
    )),
    node.memberCount > node.members.length ? el('li', {class: 'muted'}, `and ${count(node.memberCount - node.members.length)} more`) : null,
  ));
}

function ends(title, ids, {lineage, choose, focusOn}, more, direction) {
  if (!ids.length && !more) {
    return null;
  }
  const nodes = ids.map((id) => lineage.nodes.find((one) => one.id === id));
  return section(title, el(
    'ul',
    {class: 'lineage-ends'},
    nodes.map((node) => el(
      'li',
      null,
      el('button', {type: 'button', class: 'link', onclick: () => choose(node.id)}, versioned(node)),
      node.subtitle ? el('span', {class: 'muted'}, ` ${node.subtitle}`) : null,
    )),
    more ? el('li', null, el('button', {type: 'button', class: 'link', onclick: () => focusOn(direction)}, `${count(more)} more: show only this lineage`)) : null,
  ));
}

function runs(node, {linkTo}) {
  if (!node.runs.length) {
    return null;
  }
  const shown = node.runs.slice(-RUNS);
  return section(node.runs.length === 1 ? 'Execution' : 'Executions', el(
    'ul',
    {class: 'lineage-runs'},
    shown.map((run) => el(
      'li',
      null,
      el('a', {href: linkTo(run)}, run.place),
      el('span', {class: 'muted'}, [` execution ${run.sequence}`, run.cellIndex >= 0 ? `, cell ${run.cellIndex}` : '', run.failed ? ', failed' : ''].join('')),
    )),
    node.runCount > shown.length ? el('li', {class: 'muted'}, `and ${count(node.runCount - shown.length)} before`) : null,
  ));
}

/** The columns come on their own, since where each came from is a walk of its own. */
function columns(node, {context, linkTo}) {
  const body = el('div', null, skeleton(3));
  const whole = section('Columns', body);
  context.api.get(context.api.at('columns'), {params: {dataset: node.id}, signal: context.signal}).then(
    (answer) => {
      if (!answer.columns.length) {
        whole.remove();
        return;
      }
      clear(
        body,
        answer.complete ? null : el('p', {class: 'muted lineage-small'}, 'Those that steps name; no output has shown all.'),
        el('ul', {class: 'lineage-columns'}, answer.columns.map((column) => columnItem(column, linkTo))),
        answer.total > answer.columns.length ? el('p', {class: 'muted'}, `and ${count(answer.total - answer.columns.length)} more`) : null,
      );
    },
    (error) => error.name !== 'AbortError' && clear(body, el('p', {class: 'muted'}, error.what ?? 'The columns could not be read.')),
  );
  return whole;
}

function columnItem(column, linkTo) {
  const head = [
    el('span', {class: 'lineage-column-name'}, column.column),
    column.type ? el('span', {class: 'muted'}, ` ${column.type}`) : null,
    column.missing ? el('span', {class: 'muted'}, ` ${count(column.missing)} missing`) : null,
  ];
  if (!column.from.length) {
    return el('li', null, head);
  }
  return el('li', null, el(
    'details',
    null,
    el('summary', null, head),
    el('ol', {class: 'lineage-trace'}, column.from.map((step) => el(
      'li',
      {style: {'--depth': String(Math.min(step.depth, 6))}},
      el('code', null, `${step.dataset}${step.input === '*' ? '' : `["${step.input}"]`}`),
      el('span', {class: 'muted'}, ` ${HOW[step.type] ?? step.type.toLowerCase()}, ${step.call} `),
      el('a', {href: linkTo(step)}, step.place),
    ))),
  ));
}

function versioned(node) {
  return node.version > 1 ? `${node.title} v${node.version}` : node.title;
}

function section(title, ...content) {
  return el('section', {class: 'lineage-section'}, el('h3', null, title), ...content);
}
