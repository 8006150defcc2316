/**
 * Making elements. Texts only ever become text nodes: nothing that comes from a notebook is parsed as HTML.
 */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * Makes an element.
 *
 * @param {string} tag its name
 * @param {Object<string, *>} [properties] `class`, `style` (an object), `onclick` and other handlers (functions), and
 *     attributes; null, undefined and false leave an attribute out, true sets it empty
 * @param {...(Node|string|number|null|undefined|Array)} children
 * @returns {HTMLElement}
 */
export function el(tag, properties, ...children) {
  return fill(document.createElement(tag), properties, children);
}

/**
 * Makes an SVG element; the same rules as {@link el}.
 *
 * @returns {SVGElement}
 */
export function svg(tag, properties, ...children) {
  return fill(document.createElementNS(SVG, tag), properties, children);
}

/** Appends children: nodes, texts, lists of them; nothing for null. */
export function append(node, ...children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) {
      node.append(child instanceof Node ? child : visible(String(child)));
    }
  }
  return node;
}

/** Takes everything out of a node, and puts these in. */
export function clear(node, ...children) {
  node.replaceChildren();
  return append(node, ...children);
}

/** A text with the characters named that would make it look like another one: those that turn the direction of what follows. */
export function visible(text) {
  return text.replace(/[\u202a-\u202e\u2066-\u2069]/g, (sign) => `[U+${sign.charCodeAt(0).toString(16).toUpperCase()}]`);
}

let serial = 0;

/** An id that no other element of the page has. */
export function freshId(prefix = 'id') {
  serial += 1;
  return `${prefix}-${serial}`;
}

function fill(node, properties, children) {
  for (const [name, value] of Object.entries(properties ?? {})) {
    set(node, name, value);
  }
  return append(node, ...children);
}

function set(node, name, value) {
  if (value === null || value === undefined || value === false) {
    return;
  }
  if (name.startsWith('on')) {
    if (typeof value !== 'function') {
      throw new TypeError(`${name} takes a function`);
    }
    node.addEventListener(name.slice(2).toLowerCase(), value);
  } else if (name === 'style') {
    for (const [property, setting] of Object.entries(value)) {
      node.style.setProperty(property, setting);
    }
  } else if (name === 'value' || name === 'checked') {
    node[name] = value;
  } else {
    node.setAttribute(name, value === true ? '' : String(value));
  }
}
