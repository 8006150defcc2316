/** Times as one types them, with the meanings of the command line: `2h`, `7d`, `today`, `yesterday`, `2026-03-01`, `2026-03-01T14:30`. */

const UNITS = {s: 1, m: 60, min: 60, h: 3600, d: 86_400, w: 604_800};

/** The choices of a filter by time. */
export const SPANS = [
  {value: '', text: 'Any time'},
  {value: '1h', text: 'Last hour'},
  {value: 'today', text: 'Today'},
  {value: '7d', text: 'Last 7 days'},
  {value: '30d', text: 'Last 30 days'},
];

/**
 * The moment that a text means.
 *
 * @param {string|null} text
 * @param {boolean} [isEnd] whether a day alone means its end
 * @returns {number|null} milliseconds since 1970; null if it is none
 */
export function moment(text, isEnd = false) {
  const typed = (text ?? '').trim().toLowerCase();
  const past = /^(\d{1,6})\s*(s|min|m|h|d|w)$/.exec(typed);
  if (past) {
    return Date.now() - Number(past[1]) * UNITS[past[2]] * 1000;
  }
  if (typed === 'today' || typed === 'yesterday') {
    const start = new Date();
    start.setHours(0, 0, 0, 0);
    start.setDate(start.getDate() - (typed === 'yesterday' ? 1 : 0));
    return start.getTime();
  }
  if (/^\d{4}-\d{2}-\d{2}$/.test(typed)) {
    const at = new Date(`${typed}T00:00:00`);
    if (isEnd) {
      at.setDate(at.getDate() + 1);
    }
    return Number.isNaN(at.getTime()) ? null : at.getTime();
  }
  const at = typed ? Date.parse(text) : NaN;
  return Number.isNaN(at) ? null : at;
}
