/**
 * Tables out of HTML outputs. The HTML is parsed into a document that is never shown, runs nothing and loads nothing; only the texts of
 * its cells are taken, into a table of the page's own.
 */

const LARGEST = 400_000;
const MOST_ROWS = 60;
const MOST_COLUMNS = 40;
const REMEMBERED = 300;
const KEPT = new Set(['table', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td', 'div', 'p', 'br']);

const known = new Map();

/** The table of this output as far as it is known by now: undefined before it was looked for, null if it has none. */
export function knownTable(href) {
  return known.get(href);
}

/** Whether it is worth to look for a table. */
export function mayHaveTable(output) {
  return output.mime === 'text/html' && Boolean(output.href) && (output.bytes ?? 0) <= LARGEST;
}

/**
 * Looks for the table of an output.
 *
 * @param {string} href where its payload is
 * @returns {Promise<{heads: string[][], rows: {head: string[], cells: string[]}[], more: string}|null>} null if it is not one table
 */
export async function loadTable(href) {
  if (known.has(href)) {
    return known.get(href);
  }
  let found = null;
  try {
    const response = await fetch(href, {credentials: 'same-origin', redirect: 'error'});
    if (response.ok) {
      found = tableIn(new DOMParser().parseFromString(bare(await response.text()), 'text/html'));
    }
  } catch (failure) {
    console.debug('The payload of an output is not there', failure);
  }
  known.set(href, found);
  if (known.size > REMEMBERED) {
    known.delete(known.keys().next().value);
  }
  return found;
}

/* Only the tags that make a table, without attributes: styles would be refused, and reported, by the page's own policy. */
function bare(html) {
  return html
    .replace(/<(style|script|template|svg|math)\b[^]*?<\/\1\s*>/gi, '')
    .replace(/<!--[^]*?-->/g, '')
    .replace(/<(\/?)([a-z][a-z0-9]*)\b([^>]*)>/gi, (tag, end, name, rest) => {
      const spans = end ? [] : rest.match(/\b(?:col|row)span\s*=\s*["']?\d+["']?/gi) ?? [];
      return KEPT.has(name.toLowerCase()) ? `<${[end + name, ...spans].join(' ')}>` : '';
    });
}

function tableIn(page) {
  const tables = page.querySelectorAll('table');
  if (tables.length !== 1) {
    return null;
  }
  const rows = [...tables[0].rows];
  const isHead = (row) => row.closest('thead') || (row === rows[0] && [...row.cells].every((cell) => cell.localName === 'th'));
  const heads = rows.filter(isHead);
  const body = rows.filter((row) => !isHead(row));
  if (body.length === 0 || rows.some((row) => [...row.cells].some((cell) => cell.colSpan > 1 || cell.rowSpan > 1))) {
    return null;
  }
  const remark = page.querySelector('table ~ p, div > p')?.textContent.trim() ?? '';
  const columns = Math.max(...rows.map((row) => row.cells.length));
  const more = [
    remark,
    body.length > MOST_ROWS ? `${body.length - MOST_ROWS} more rows are not shown.` : '',
    columns > MOST_COLUMNS ? `${columns - MOST_COLUMNS} more columns are not shown.` : '',
  ].filter(Boolean).join(' ');
  return {
    heads: heads.map((row) => texts([...row.cells])),
    rows: body.slice(0, MOST_ROWS).map((row) => {
      const cells = [...row.cells].slice(0, MOST_COLUMNS);
      const firstValue = cells.findIndex((cell) => cell.localName !== 'th');
      const heading = firstValue < 0 ? cells.length : firstValue;
      return {head: texts(cells.slice(0, heading)), cells: texts(cells.slice(heading))};
    }),
    more,
  };
}

function texts(cells) {
  return cells.slice(0, MOST_COLUMNS).map((cell) => cell.textContent.trim().slice(0, 500));
}
