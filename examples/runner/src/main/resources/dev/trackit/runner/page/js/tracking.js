/** Starting and stopping to track a notebook, one wish after the other: the last click is what holds. */

import {client} from './api.js';

const last = new Map();

/**
 * Tells the program.
 *
 * @param {string} id of the notebook
 * @param {boolean} on
 * @returns {Promise} rejected with the reason if it refuses
 */
export function setTracking(id, on) {
  const api = client(id);
  const path = api.at('tracking');
  const wish = (last.get(id) ?? Promise.resolve()).catch(() => {}).then(() => (on ? api.put(path) : api.delete(path)));
  last.set(id, wish);
  return wish;
}
