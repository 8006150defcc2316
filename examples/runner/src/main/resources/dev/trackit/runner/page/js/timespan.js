/** A filter by time: a few spans, or two days. Used by the picker and the timeline. */

import {SPANS} from './moments.js';
import {el, input, select} from './ui.js';

const BETWEEN = 'between';

/**
 * The filter.
 *
 * @param {{label: string, since: string, until: string, onChange: function({since: string|null, until: string|null})}} options
 */
export function timespan({label, since, until, onChange}) {
  const from = input({type: 'date', label: `${label}: from`, onChange: () => tell()});
  const to = input({type: 'date', label: `${label}: to`, onChange: () => tell()});
  const days = el('span', {class: 'row'}, from, el('span', {class: 'muted'}, '–'), to);
  const choice = select({
    label,
    options: [...SPANS, {value: BETWEEN, text: 'Between…'}],
    value: '',
    onChange: (value) => {
      days.hidden = value !== BETWEEN;
      if (value === BETWEEN) {
        from.focus();
      } else {
        onChange({since: value || null, until: null});
      }
    },
  });
  const tell = () => onChange({since: from.value || null, until: to.value || null});
  const node = el('span', {class: 'row'}, choice, days);
  node.show = (start, end) => {
    const isSpan = !end && SPANS.some((span) => span.value === (start ?? ''));
    if (isSpan && choice.value === BETWEEN && !start) {
      return;
    }
    choice.value = isSpan ? start ?? '' : BETWEEN;
    days.hidden = isSpan;
    from.value = isSpan ? '' : (start ?? '').slice(0, 10);
    to.value = (end ?? '').slice(0, 10);
  };
  days.hidden = true;
  node.show(since, until);
  return node;
}
