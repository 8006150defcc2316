/** The lineage as a table: the same nodes and connections as the picture, to read line by line. */

import {el, table} from './ui.js';

const WORDS = {
  file: 'File', frame: 'Table', series: 'Column', array: 'Array', model: 'Model', value: 'Value', unknown: 'Not recorded',
  step: 'Step', plot: 'Plot', measure: 'Measure', chain: 'Steps in a row', bundle: 'Several',
};

/** What a kind of node is called. */
export function kindWord(kind) {
  return WORDS[kind] ?? kind;
}

/**
 * The table.
 *
 * @param {{lineage: Object, chosen: string|undefined, onChoose: function(string), linkTo: function(Object): string}} options
 */
export function lineageTable({lineage, chosen, onChoose, linkTo}) {
  const nodes = new Map(lineage.nodes.map((node) => [node.id, node]));
  const ends = (id, here, there) => lineage.edges.filter((edge) => edge[here] === id).map((edge) => edge[there]);
  const name = (id) => {
    const node = nodes.get(id);
    return node.version > 1 ? `${node.title} v${node.version}` : node.title;
  };
  const links = (ids) => list(ids.map((id) => el('button', {type: 'button', class: 'link', onclick: () => onChoose(id)}, name(id))));
  return el('div', {class: 'lineage-table'}, table({
    caption: 'Each dataset and step, what it comes from and what comes of it',
    columns: [{text: 'Name'}, {text: 'Kind'}, {text: 'Detail'}, {text: 'Comes from'}, {text: 'Goes to'}, {text: 'Executions'}, {text: 'State'}],
    rows: lineage.table.map((row) => {
      const node = nodes.get(row.id);
      return [
        el('button', {type: 'button', class: 'link lineage-name-cell', 'aria-pressed': String(row.id === chosen), onclick: () => onChoose(row.id)}, row.name),
        kindWord(row.what),
        [row.detail, row.change].filter(Boolean).join(', '),
        links(ends(row.id, 'to', 'from')),
        links(ends(row.id, 'from', 'to')),
        list(node.runs.slice(0, 4).map((run) => el('a', {href: linkTo(run)}, run.place))),
        row.state,
      ];
    }),
  }));
}

function list(items) {
  return items.flatMap((item, i) => (i ? [', ', item] : [item]));
}
