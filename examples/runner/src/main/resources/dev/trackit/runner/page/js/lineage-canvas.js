/**
 * The picture: drawn from places and marks that the program worked out, as SVG made node by node. It scrolls as everything scrolls, so
 * that wheel, touch, scroll bars and keys all move it; zooming changes its size. Arrow keys walk along the flow.
 */

import {el, svg} from './ui.js';

const SMALLEST = 0.2;
const LARGEST = 3;
const READABLE = 0.82;
const GROWN = 1.25;
const MARGIN = 40;

export class LineageCanvas {
  /** @param {{onChoose: function(string|null), onOpen: function(string)}} actions */
  constructor(actions) {
    this.actions = actions;
    this.scale = 0;
    this.active = null;
    this.nodes = new Map();
    this.edges = [];
    this.drawn = '';
    this.picture = svg('svg', {class: 'lineage-picture', role: 'group', 'aria-label': 'Lineage. Arrow keys follow the data, Enter chooses.'});
    this.node = el('div', {class: 'lineage-canvas'}, this.picture);
    this.listen();
  }

  listen() {
    this.node.addEventListener('wheel', (event) => this.onWheel(event), {passive: false});
    this.node.addEventListener('pointerdown', (event) => this.onPointerDown(event));
    this.node.addEventListener('touchstart', (event) => this.onPinch(event, true), {passive: true});
    this.node.addEventListener('touchmove', (event) => this.onPinch(event, false), {passive: false});
    this.picture.addEventListener('keydown', (event) => this.onKey(event));
    this.picture.addEventListener('click', (event) => this.onClick(event));
    this.picture.addEventListener('dblclick', (event) => this.actions.onOpen(idOf(event)));
    this.picture.addEventListener('pointerover', (event) => this.hover(idOf(event)));
    this.picture.addEventListener('pointerleave', () => this.hover(null));
    this.sized = new ResizeObserver(() => this.place());
    this.sized.observe(this.node);
  }

  /** Shows a picture; what was looked at stays where it is on the screen. */
  show(lineage, {chosen, marked}) {
    const {picture} = lineage;
    const text = JSON.stringify(picture);
    const anchor = this.scale ? this.anchor(lineage) : null;
    const hadFocus = this.picture.contains(document.activeElement);
    this.lineage = lineage;
    if (text !== this.drawn) {
      const known = this.drawn ? new Set(this.nodes.keys()) : null;
      this.drawn = text;
      this.draw(picture, known);
    }
    if (!this.nodes.has(this.active)) {
      this.active = chosen ?? lineage.focus ?? picture.nodes[0]?.id ?? null;
    }
    if (chosen && this.nodes.has(chosen)) {
      this.active = chosen;
    }
    this.tabStop();
    this.mark(chosen ?? null, marked);
    if (!this.scale) {
      this.pending = chosen ?? lineage.focus;
      this.place();
    } else if (anchor) {
      this.resize();
      this.keep(anchor);
    }
    if (hadFocus) {
      this.focusActive();
    }
    this.chosen = chosen;
  }

  /** Brings what was chosen since into sight, when the panel about it has taken its space. */
  revealChosen() {
    if (this.chosen && this.chosen !== this.lastChosen && this.scale) {
      this.reveal(this.chosen);
    }
    this.lastChosen = this.chosen;
  }

  draw(picture, known) {
    this.width = picture.width;
    this.height = picture.height;
    this.picture.setAttribute('viewBox', `0 0 ${picture.width} ${picture.height}`);
    this.nodes.clear();
    this.edges = picture.edges.map((edge) => ({
      ...edge,
      element: svg(
        'g',
        {class: 'lineage-flow', 'aria-hidden': 'true'},
        svg('path', {class: edge.uncertain ? 'lineage-edge lineage-edge-gap' : 'lineage-edge', d: edge.line}),
        svg('path', {class: edge.uncertain ? 'lineage-arrow lineage-arrow-gap' : 'lineage-arrow', d: edge.head}),
      ),
    }));
    for (const place of picture.nodes) {
      this.nodes.set(place.id, {place, element: drawNode(place, known !== null && !known.has(place.id))});
    }
    this.picture.replaceChildren(...this.edges.map((edge) => edge.element), ...[...this.nodes.values()].map((node) => node.element));
  }

  /** Marks what is chosen, the way to it and from it, and what an execution made. */
  mark(chosen, marked) {
    const up = this.reach(chosen, 'to', 'from');
    const down = this.reach(chosen, 'from', 'to');
    this.picture.classList.toggle('lineage-tracing', Boolean(chosen) && this.nodes.has(chosen));
    for (const [id, {element}] of this.nodes) {
      element.classList.toggle('is-chosen', id === chosen);
      element.classList.toggle('is-marked', marked.has(id));
      element.classList.toggle('is-on-path', up.has(id) || down.has(id));
      element.setAttribute('aria-pressed', String(id === chosen));
    }
    for (const edge of this.edges) {
      const on = (up.has(edge.to) && up.has(edge.from)) || (down.has(edge.from) && down.has(edge.to));
      edge.element.classList.toggle('is-on-path', on);
    }
  }

  reach(start, here, there) {
    const reached = new Set(start && this.nodes.has(start) ? [start] : []);
    const queue = [...reached];
    while (queue.length) {
      const at = queue.pop();
      for (const edge of this.edges) {
        if (edge[here] === at && !reached.has(edge[there])) {
          reached.add(edge[there]);
          queue.push(edge[there]);
        }
      }
    }
    return reached;
  }

  hover(id) {
    if (id !== this.hovered) {
      this.hovered = id;
      for (const edge of this.edges) {
        edge.element.classList.toggle('is-near', id !== null && (edge.from === id || edge.to === id));
      }
    }
  }

  onClick(event) {
    const id = idOf(event);
    if (this.dragged) {
      this.dragged = false;
      return;
    }
    if (id) {
      this.setActive(id);
    }
    this.actions.onChoose(id);
  }

  onKey(event) {
    const id = idOf(event);
    if (!id || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const next = event.key.startsWith('Arrow') ? this.neighbour(id, event.key) : null;
    if (next) {
      this.setActive(next);
      this.reveal(next, {focus: true});
    } else if (event.key === 'Enter' || event.key === ' ') {
      this.actions.onChoose(id);
    } else if (event.key === 'Home' || event.key === 'End') {
      const all = [...this.nodes.keys()];
      this.setActive(all.at(event.key === 'Home' ? 0 : -1));
      this.reveal(this.active, {focus: true});
    } else if (event.key === 'Escape') {
      this.actions.onChoose(null);
    } else if (!event.key.startsWith('Arrow')) {
      return;
    }
    event.preventDefault();
  }

  /** The node that an arrow key leads to: along an edge, else the nearest in that direction. */
  neighbour(id, key) {
    const from = centre(this.nodes.get(id).place);
    const [dx, dy] = {ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1]}[key];
    const linked = new Set(this.edges.flatMap((edge) => (edge.from === id ? [edge.to] : edge.to === id ? [edge.from] : [])));
    let best = null;
    let least = Infinity;
    for (const [other, {place}] of this.nodes) {
      const to = centre(place);
      const along = (to.x - from.x) * dx + (to.y - from.y) * dy;
      const across = Math.abs((to.x - from.x) * dy) + Math.abs((to.y - from.y) * dx);
      const cost = (along + across * 2.5) * (linked.has(other) ? 0.25 : 1);
      if (other !== id && along > 4 && cost < least) {
        best = other;
        least = cost;
      }
    }
    return best;
  }

  setActive(id) {
    this.active = id;
    this.tabStop();
  }

  tabStop() {
    for (const [id, {element}] of this.nodes) {
      element.setAttribute('tabindex', id === this.active ? '0' : '-1');
    }
  }

  focusActive() {
    this.nodes.get(this.active)?.element.focus({preventScroll: true});
  }

  /** Scrolls so that a node is seen, no further than needed. */
  reveal(id, {focus = false} = {}) {
    const found = this.nodes.get(id);
    if (!found) {
      return;
    }
    const box = found.element.getBoundingClientRect();
    const view = this.node.getBoundingClientRect();
    const over = (low, high, min, max) => (low < min + MARGIN ? low - min - MARGIN : high > max - MARGIN ? Math.min(high - max + MARGIN, low - min - MARGIN) : 0);
    this.node.scrollBy({
      left: over(box.left, box.right, view.left, view.right),
      top: over(box.top, box.bottom, view.top, view.bottom),
      behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth',
    });
    if (focus) {
      this.setActive(id);
      this.focusActive();
    }
  }

  /** Once the size of the window is known: small enough to see much, large enough to read. */
  place() {
    if (!this.scale && this.width && this.node.clientWidth) {
      const usual = typeScale();
      this.scale = Math.min(GROWN * usual, Math.max(READABLE * usual, this.fitting()));
      this.resize();
      if (this.pending) {
        this.centreOn(this.pending);
      } else {
        this.toTheBeginning();
      }
    }
  }

  fitting() {
    return Math.min(this.node.clientWidth / this.width, this.node.clientHeight / this.height);
  }

  resize() {
    this.picture.style.width = `${this.width * this.scale}px`;
    this.picture.style.height = `${this.height * this.scale}px`;
  }

  fit() {
    this.scale = Math.min(GROWN * typeScale(), Math.max(SMALLEST, this.fitting()));
    this.resize();
  }

  /** Of a picture that is larger than the window: where the data comes from, not a corner with nothing in it. */
  toTheBeginning() {
    const {clientWidth, clientHeight} = this.node;
    const places = [...this.nodes.values()].map((node) => node.place);
    const isDown = this.height * this.scale > clientHeight;
    const [along, across, from, size] = isDown ? ['y', 'x', 'width', clientWidth] : ['x', 'y', 'height', clientHeight];
    const reach = (isDown ? clientHeight : clientWidth) / this.scale;
    const seen = places.filter((place) => place[along] < reach);
    const low = Math.min(...seen.map((place) => place[across]));
    const high = Math.max(...seen.map((place) => place[across] + place[from]));
    const first = places.reduce((best, place) => (best && best[along] <= place[along] ? best : place), null);
    if (first) {
      const middle = (high - low) * this.scale < size ? (low + high) / 2 : first[across] + first[from] / 2;
      this.node.scrollTo({[isDown ? 'left' : 'top']: middle * this.scale - size / 2});
    }
  }

  centreOn(id) {
    const found = this.nodes.get(id);
    if (found) {
      const at = centre(found.place);
      this.node.scrollTo(at.x * this.scale - this.node.clientWidth / 2, at.y * this.scale - this.node.clientHeight / 2);
    }
  }

  /** Zooms; the point of the screen, by default its middle, stays where it is. */
  zoomBy(factor, point) {
    const view = this.node.getBoundingClientRect();
    const at = point ?? {x: view.left + view.width / 2, y: view.top + view.height / 2};
    const before = this.picture.getBoundingClientRect();
    const x = (at.x - before.left) / this.scale;
    const y = (at.y - before.top) / this.scale;
    this.scale = Math.min(LARGEST, Math.max(SMALLEST, this.scale * factor));
    this.resize();
    const after = this.picture.getBoundingClientRect();
    this.node.scrollBy(after.left + x * this.scale - at.x, after.top + y * this.scale - at.y);
  }

  onWheel(event) {
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      this.zoomBy(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0025)), {x: event.clientX, y: event.clientY});
    }
  }

  /** Dragging the ground moves the picture; a finger scrolls it by itself. */
  onPointerDown(event) {
    this.dragged = false;
    if (event.pointerType === 'touch' || event.button !== 0 || event.target.closest('.lineage-node')) {
      return;
    }
    const start = {x: event.clientX, y: event.clientY, left: this.node.scrollLeft, top: this.node.scrollTop};
    const move = (to) => {
      if (Math.hypot(to.clientX - start.x, to.clientY - start.y) > 4) {
        this.dragged = true;
        this.node.classList.add('is-dragging');
      }
      this.node.scrollTo(start.left - to.clientX + start.x, start.top - to.clientY + start.y);
    };
    const end = () => {
      this.node.classList.remove('is-dragging');
      removeEventListener('pointermove', move);
      removeEventListener('pointerup', end);
      removeEventListener('pointercancel', end);
    };
    addEventListener('pointermove', move);
    addEventListener('pointerup', end);
    addEventListener('pointercancel', end);
  }

  onPinch(event, begins) {
    if (event.touches.length !== 2) {
      return;
    }
    const [a, b] = event.touches;
    const apart = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
    if (!begins && this.apart) {
      event.preventDefault();
      this.zoomBy(apart / this.apart, {x: (a.clientX + b.clientX) / 2, y: (a.clientY + b.clientY) / 2});
    }
    this.apart = apart;
  }

  /** Something that is drawn before and after, and where it is on the screen: what is active, else what is nearest to the middle. */
  anchor(lineage) {
    const after = new Set(lineage.picture.nodes.map((place) => place.id));
    const view = this.node.getBoundingClientRect();
    let best = null;
    let least = Infinity;
    for (const [id, {element}] of this.nodes) {
      if (after.has(id)) {
        const box = element.getBoundingClientRect();
        const seen = box.right > view.left && box.left < view.right && box.bottom > view.top && box.top < view.bottom;
        const far = id === this.active && seen ? -1 : Math.hypot(box.left + box.right - view.left - view.right, box.top + box.bottom - view.top - view.bottom);
        if (far < least) {
          best = {id, left: box.left, top: box.top};
          least = far;
        }
      }
    }
    return best ?? {};
  }

  keep(anchor) {
    const found = this.nodes.get(anchor.id);
    if (found) {
      const box = found.element.getBoundingClientRect();
      this.node.scrollBy(box.left - anchor.left, box.top - anchor.top);
    }
  }

  close() {
    this.sized.disconnect();
  }
}

function drawNode(place, isNew) {
  return svg(
    'g',
    {
      class: isNew ? 'lineage-node is-new' : 'lineage-node',
      transform: `translate(${place.x} ${place.y})`,
      'data-id': place.id,
      role: 'button',
      'aria-label': place.told,
    },
    svg('rect', {class: 'lineage-ring', x: -4, y: -4, width: place.width + 8, height: place.height + 8, rx: 10}),
    place.marks.map((mark) => (mark.d
      ? svg('path', {class: mark.ink, d: mark.d})
      : svg('text', {class: `${mark.ink} ${mark.style}`, x: mark.x, y: mark.y, 'xml:space': 'preserve'}, mark.text))),
    svg('title', null, place.told),
  );
}

function centre(place) {
  return {x: place.x + place.width / 2, y: place.y + place.height / 2};
}

function idOf(event) {
  return event.target.closest?.('.lineage-node')?.getAttribute('data-id') ?? null;
}

/** How much larger than usual the page's type is, as on very large screens: the picture grows with it. */
export function typeScale() {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
}
