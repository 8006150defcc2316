/** Which view an address is, and the way from one to the next without loading the page again. */

import {notebookPath, withQuery} from './api.js';

/** The views of a notebook, in the order of the bar. */
export const NOTEBOOK_VIEWS = [
  {name: 'timeline', title: 'Timeline', icon: 'timeline', key: 't'},
  {name: 'lineage', title: 'Lineage', icon: 'lineage', key: 'l'},
  {name: 'slice', title: 'Slice', icon: 'slice', key: 's'},
  {name: 'summary', title: 'Summary', icon: 'summary', key: 'u'},
];

const LOADERS = {
  picker: () => import('./picker.js'),
  timeline: () => import('./timeline.js'),
  lineage: () => import('./lineage.js'),
  slice: () => import('./slice.js'),
  summary: () => import('./summary.js'),
  state: () => import('./state.js'),
};

/**
 * What an address shows.
 *
 * @param {URL} url
 * @returns {{view: string|null, notebook: string|null, query: URLSearchParams}} view is null where there is nothing
 */
export function route(url) {
  const query = url.searchParams;
  if (url.pathname === '/') {
    return {view: 'picker', notebook: null, query};
  }
  if (url.pathname === '/state') {
    return {view: 'state', notebook: null, query};
  }
  const found = /^\/notebooks\/([^/]+)(?:\/([a-z]+))?\/?$/.exec(url.pathname);
  const view = found && (found[2] ?? 'timeline');
  if (found && NOTEBOOK_VIEWS.some((known) => known.name === view)) {
    return {view, notebook: decodeURIComponent(found[1]), query};
  }
  return {view: null, notebook: null, query};
}

/** The address of a view. */
export function address(view, notebook, params) {
  if (view === 'picker') {
    return withQuery('/', params);
  }
  return withQuery(view === 'state' ? '/state' : notebookPath(notebook, view), params);
}

/** The module of a view. */
export function load(view) {
  return LOADERS[view]();
}

/**
 * Follows links and the browser's history.
 *
 * @param {function({url: URL, isBack: boolean})} show called for each address, the first included
 */
export function router(show) {
  const go = (isBack) => show({url: new URL(location.href), isBack});
  window.addEventListener('popstate', () => go(true));
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) {
      return;
    }
    const url = new URL(link.href, location.href);
    if (url.origin !== location.origin || link.target || link.hasAttribute('download') || !route(url).view) {
      return;
    }
    event.preventDefault();
    navigate(url.pathname + url.search);
  });

  /** Goes to an address; `replace` leaves no step in the history. */
  function navigate(to, {replace = false} = {}) {
    const url = new URL(to, location.href);
    if (url.href !== location.href) {
      history[replace ? 'replaceState' : 'pushState'](null, '', url);
    }
    go(false);
  }

  return {navigate, start: () => go(false)};
}
