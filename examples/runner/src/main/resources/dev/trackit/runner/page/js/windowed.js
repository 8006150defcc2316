/**
 * A list of which only the rows in sight are in the document, for thousands of rows of varying height.
 *
 * Heights are estimated until a row was seen, then measured; positions come from a Fenwick tree, so that a row that grows
 * costs the logarithm of the rows. What is in sight stays in place while rows above it grow or are put in. The row that has the
 * focus stays in the document, so that the keyboard never loses its place.
 *
 * Readers hear the list as a feed or list with positions (aria-setsize, aria-posinset).
 */

import {el} from './dom.js';

const SPARE = 600;

/** Sums of heights: the offset of a row, and the row at an offset, in logarithmic time. */
class Heights {
  constructor(values) {
    this.values = values;
    this.tree = new Float64Array(values.length + 1);
    for (let i = 1; i <= values.length; i += 1) {
      this.tree[i] += values[i - 1];
      const parent = i + (i & -i);
      if (parent <= values.length) {
        this.tree[parent] += this.tree[i];
      }
    }
  }

  get total() {
    return this.before(this.values.length);
  }

  before(index) {
    let sum = 0;
    for (let i = index; i > 0; i -= i & -i) {
      sum += this.tree[i];
    }
    return sum;
  }

  set(index, value) {
    const change = value - this.values[index];
    this.values[index] = value;
    for (let i = index + 1; i < this.tree.length; i += i & -i) {
      this.tree[i] += change;
    }
  }

  at(offset) {
    let index = 0;
    let left = offset;
    let step = 1;
    while (step * 2 < this.tree.length) {
      step *= 2;
    }
    for (; step > 0; step >>= 1) {
      if (index + step < this.tree.length && this.tree[index + step] <= left) {
        index += step;
        left -= this.tree[index];
      }
    }
    return Math.min(index, Math.max(0, this.values.length - 1));
  }
}

/** The list. `node` goes into a box of a given height. */
export class WindowedList {
  #items = [];
  #ids = new Map();
  #heights = new Heights([]);
  #known = new Map();
  #rows = new Map();
  #frame = 0;
  #options;
  #observer = new ResizeObserver((entries) => this.#measured(entries));
  #boxObserver = new ResizeObserver(() => this.#boxChanged());
  #width = 0;

  /**
   * @param {{label: string, role?: 'list'|'feed', id: function(*): string, estimate: function(*): number,
   *     render: function(*, number): HTMLElement, onScroll?: function, sticks?: function(): boolean, class?: string}} options
   *     `render` makes the row of an item; it is called again when the item changed; while `sticks`
   *     says so, the end stays in sight when rows grow
   */
  constructor(options) {
    this.#options = options;
    this.canvas = el('div', {class: 'windowed-canvas', role: options.role ?? 'list', 'aria-label': options.label});
    this.node = el('div', {class: `windowed ${options.class ?? ''}`.trim(), tabindex: '-1'}, this.canvas);
    this.node.addEventListener('scroll', () => {
      this.#schedule();
      options.onScroll?.();
    }, {passive: true});
    this.#boxObserver.observe(this.node);
  }

  /** The items, in order. */
  get items() {
    return this.#items;
  }

  /** How far the end of the list is below what is in sight, in pixels. */
  get toEnd() {
    return this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight;
  }

  /** Shows these items; what is in sight stays in place, unless `toEnd` is wanted. */
  set(items, {anchor = true} = {}) {
    const held = anchor ? this.#anchor() : null;
    this.#items = items;
    this.#ids = new Map(items.map((item, i) => [this.#options.id(item), i]));
    this.#heights = new Heights(items.map((item) => this.#known.get(this.#options.id(item)) ?? this.#options.estimate(item)));
    for (const [id, row] of this.#rows) {
      const index = this.#ids.get(id);
      if (index === undefined || row.item !== items[index]) {
        this.#drop(id, row);
      }
    }
    this.#resize();
    if (held) {
      this.#restore(held);
    }
    this.#draw();
  }

  /** The index of an item, or -1. */
  indexOf(id) {
    return this.#ids.get(id) ?? -1;
  }

  /** Makes the row of an item anew. */
  refresh(id) {
    const row = this.#rows.get(id);
    if (row) {
      const hadFocus = row.node.contains(document.activeElement);
      this.#drop(id, row);
      this.#draw();
      if (hadFocus) {
        this.row(id)?.focus({preventScroll: true});
      }
    }
  }

  /** Brings an item into sight; `focus` puts the keyboard there. */
  show(id, {align = 'start', focus = false} = {}) {
    const index = this.indexOf(id);
    if (index < 0) {
      return;
    }
    for (let pass = 0; pass < 3; pass += 1) {
      const top = this.#heights.before(index);
      const height = this.#heights.values[index];
      const view = this.node.clientHeight;
      let to = this.node.scrollTop;
      if (align === 'start') {
        to = top - 12;
      } else if (align === 'center') {
        to = top - Math.max(12, (view - height) / 2);
      } else if (top < to) {
        to = top - 12;
      } else if (top + height > to + view) {
        to = Math.min(top - 12, top + height - view + 12);
      }
      this.node.scrollTop = to;
      this.#draw();
      this.#measureNow();
    }
    if (focus) {
      this.#rows.get(id)?.node.focus({preventScroll: true});
    }
  }

  /** Goes to the end. */
  showEnd() {
    for (let pass = 0; pass < 3; pass += 1) {
      this.node.scrollTop = this.node.scrollHeight;
      this.#draw();
      this.#measureNow();
    }
    this.node.scrollTop = this.node.scrollHeight;
  }

  /** The row in the document of an item, if it is there. */
  row(id) {
    return this.#rows.get(id)?.node ?? null;
  }

  /** The item that a node of the document belongs to. */
  itemOf(node) {
    const id = node.closest?.('[data-row]')?.dataset.row;
    return id === undefined ? undefined : this.#items[this.indexOf(id)];
  }

  /** The first item in sight. */
  first() {
    return this.#items[this.#heights.at(this.node.scrollTop + 16)];
  }

  /** Ends it. */
  close() {
    cancelAnimationFrame(this.#frame);
    this.#observer.disconnect();
    this.#boxObserver.disconnect();
  }

  #anchor() {
    if (this.#items.length === 0) {
      return null;
    }
    const index = this.#heights.at(this.node.scrollTop);
    return {id: this.#options.id(this.#items[index]), offset: this.node.scrollTop - this.#heights.before(index)};
  }

  #restore({id, offset}) {
    const index = this.indexOf(id);
    if (index >= 0) {
      this.node.scrollTop = this.#heights.before(index) + offset;
    }
  }

  #schedule() {
    if (!this.#frame) {
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0;
        this.#draw();
      });
    }
  }

  #draw() {
    const count = this.#items.length;
    const top = this.node.scrollTop;
    const from = count ? this.#heights.at(Math.max(0, top - SPARE)) : 0;
    const to = count ? this.#heights.at(top + this.node.clientHeight + SPARE) : -1;
    for (const [id, row] of this.#rows) {
      if ((row.index < from || row.index > to) && !row.node.contains(document.activeElement)) {
        this.#drop(id, row);
      }
    }
    for (let i = from; i <= to; i += 1) {
      this.#place(i);
    }
  }

  #place(index) {
    const item = this.#items[index];
    const id = this.#options.id(item);
    let row = this.#rows.get(id);
    if (!row) {
      const node = this.#options.render(item, index);
      node.classList.add('windowed-row');
      node.dataset.row = id;
      row = {node, item, index: -1};
      this.#rows.set(id, row);
      this.#insert(node, index);
      this.#observer.observe(node);
    }
    row.node.style.transform = `translateY(${this.#heights.before(index)}px)`;
    if (row.index !== index || row.node.getAttribute('aria-setsize') !== String(this.#items.length)) {
      row.index = index;
      row.node.dataset.index = index;
      row.node.setAttribute('aria-posinset', index + 1);
      row.node.setAttribute('aria-setsize', this.#items.length);
    }
  }

  /* In the order of the items, so that Tab goes from row to row as the eye does. */
  #insert(node, index) {
    let before = null;
    for (const row of this.#rows.values()) {
      if (row.index > index && (before === null || row.index < before.index)) {
        before = row;
      }
    }
    this.canvas.insertBefore(node, before?.node ?? null);
  }

  #drop(id, row) {
    this.#observer.unobserve(row.node);
    row.node.remove();
    this.#rows.delete(id);
  }

  #measured(entries) {
    let changed = false;
    const held = this.#anchor();
    for (const entry of entries) {
      changed = this.#learn(entry.target, entry.borderBoxSize[0].blockSize) || changed;
    }
    if (changed) {
      this.#settle(held);
    }
  }

  #measureNow() {
    let changed = false;
    for (const row of this.#rows.values()) {
      changed = this.#learn(row.node, row.node.getBoundingClientRect().height) || changed;
    }
    if (changed) {
      this.#resize();
      this.#draw();
    }
  }

  #learn(node, height) {
    const id = node.dataset.row;
    const index = this.indexOf(id);
    if (index < 0 || height === 0) {
      return false;
    }
    this.#known.set(id, height);
    if (Math.abs(this.#heights.values[index] - height) < 0.5) {
      return false;
    }
    this.#heights.set(index, height);
    return true;
  }

  #settle(held) {
    this.#resize();
    if (this.#options.sticks?.()) {
      this.node.scrollTop = this.node.scrollHeight;
    } else if (held) {
      this.#restore(held);
    }
    this.#draw();
  }

  #boxChanged() {
    const width = this.node.clientWidth;
    if (width !== this.#width) {
      this.#width = width;
      this.#known.clear();
      this.#rows.forEach((row) => this.#learn(row.node, row.node.getBoundingClientRect().height));
      this.#resize();
    }
    this.#schedule();
  }

  #resize() {
    this.canvas.style.height = `${this.#heights.total}px`;
  }
}
