/** Numbers, sizes and times as people read them; the same words as the command line's. */

const WHOLE = new Intl.NumberFormat('en');
const DAY = new Intl.DateTimeFormat(undefined, {weekday: 'short', day: 'numeric', month: 'short', year: 'numeric'});
const CLOCK = new Intl.DateTimeFormat(undefined, {hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23'});
const FULL = new Intl.DateTimeFormat(undefined, {dateStyle: 'full', timeStyle: 'medium'});
const UNITS = ['kB', 'MB', 'GB', 'TB', 'PB'];

/** `1 cell`, `12,345 cells`; without words only the number. */
export function count(n, one, many = one && `${one}s`) {
  const number = WHOLE.format(n);
  return one ? `${number} ${n === 1 ? one : many}` : number;
}

/** `812 B`, `1.6 kB`, `50 MB`. */
export function bytes(n) {
  if (n < 1000) {
    return `${n} B`;
  }
  let value = n / 1000;
  let unit = 0;
  while (value >= 999.95 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ${UNITS[unit]}`;
}

/** `3 ms`, `1.2 s`, `2 min 05 s`, `1 h 02 min`. */
export function duration(millis) {
  const ms = Math.max(0, Math.round(millis));
  if (ms < 1000) {
    return `${ms} ms`;
  }
  if (ms < 59_950) {
    return `${(ms / 1000).toFixed(ms < 9_950 ? 1 : 0)} s`;
  }
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) {
    return `${Math.floor(seconds / 60)} min ${pad(seconds % 60)} s`;
  }
  return `${count(Math.floor(seconds / 3600))} h ${pad(Math.floor((seconds % 3600) / 60))} min`;
}

/** `just now`, `5 minutes ago`, `3 days ago`. */
export function ago(then, now = Date.now()) {
  const seconds = Math.floor((now - new Date(then).getTime()) / 1000);
  if (seconds < 60) {
    return 'just now';
  }
  if (seconds < 3600) {
    return `${count(Math.floor(seconds / 60), 'minute')} ago`;
  }
  if (seconds < 86_400) {
    return `${count(Math.floor(seconds / 3600), 'hour')} ago`;
  }
  return `${count(Math.floor(seconds / 86_400), 'day')} ago`;
}

/** The time of the day. */
export function clock(at) {
  return CLOCK.format(new Date(at));
}

/** The day. */
export function day(at) {
  return DAY.format(new Date(at));
}

/** Day and time in full. */
export function time(at) {
  return FULL.format(new Date(at));
}

/** `1,250 × 8`: rows and columns; an unknown one is a question mark. */
export function shape(rows, columns) {
  const part = (n) => (n === null || n === undefined || n < 0 ? '?' : count(n));
  return `${part(rows)} × ${part(columns)}`;
}

function pad(n) {
  return String(n).padStart(2, '0');
}
