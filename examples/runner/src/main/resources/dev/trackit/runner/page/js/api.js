/** Asks the program: JSON in and out, at the same addresses that the views have. */

/** Why a request did not do what it should: what happened, to which thing, and what to do. */
export class ApiError extends Error {
  constructor({status = 0, what, where = '', todo = ''}) {
    super(what);
    this.name = 'ApiError';
    this.status = status;
    this.what = what;
    this.where = where;
    this.todo = todo;
  }

  /** Whether the page's own permission is gone: the program was started anew, with a new token. */
  get isLockedOut() {
    return this.status === 401 || this.status === 403;
  }
}

/**
 * The address of something of a notebook.
 *
 * @param {string} notebook its id
 * @param {string} [view] a view, or a path under it
 */
export function notebookPath(notebook, view = '') {
  const base = `/notebooks/${encodeURIComponent(notebook)}`;
  return view ? `${base}/${view}` : base;
}

/** An address with a query; null, undefined and empty values are left out, lists repeat the name. */
export function withQuery(path, params) {
  const query = params instanceof URLSearchParams ? new URLSearchParams(params) : new URLSearchParams();
  if (params && !(params instanceof URLSearchParams)) {
    for (const [name, value] of Object.entries(params)) {
      for (const one of Array.isArray(value) ? value : [value]) {
        if (one !== null && one !== undefined && one !== '') {
          query.append(name, one);
        }
      }
    }
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

/**
 * A client; bound to a notebook, `at(view)` gives paths under it.
 *
 * @param {string|null} notebook
 */
export function client(notebook = null) {
  return {
    at: (view) => notebookPath(notebook, view),
    get: (path, {params, signal} = {}) => request('GET', withQuery(path, params), undefined, signal),
    post: (path, body, {params, signal} = {}) => request('POST', withQuery(path, params), body, signal),
    put: (path, body, {params, signal} = {}) => request('PUT', withQuery(path, params), body, signal),
    delete: (path, {params, signal} = {}) => request('DELETE', withQuery(path, params), undefined, signal),
  };
}

async function request(method, address, body, signal) {
  const headers = {Accept: 'application/json', 'X-TrackIT': '1'};
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  let response;
  try {
    response = await fetch(address, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal,
      cache: 'no-store',
      credentials: 'same-origin',
      redirect: 'error',
    });
  } catch (failure) {
    if (failure.name === 'AbortError') {
      throw failure;
    }
    throw new ApiError({
      what: 'TrackIT does not answer',
      where: address,
      todo: 'It may have been stopped. Start it again with “trackit up” and open the address that it prints.',
    });
  }
  if (response.ok) {
    return response.status === 204 ? null : answer(response, address);
  }
  throw await refusal(response, address);
}

async function answer(response, address) {
  const text = await response.text();
  if (!text) {
    return null;
  }
  try {
    return JSON.parse(text);
  } catch (failure) {
    throw new ApiError({status: response.status, what: 'The answer could not be read', where: address, todo: 'Try again; if it stays, report it with this address.'});
  }
}

async function refusal(response, address) {
  let error = null;
  try {
    error = (await response.json()).error;
  } catch (failure) {
    // Not JSON: the status alone has to do.
  }
  return new ApiError({
    status: response.status,
    what: error?.what ?? `The program refused with ${response.status} ${response.statusText}`.trim(),
    where: error?.where ?? address,
    todo: error?.todo ?? (response.status === 401 || response.status === 403
      ? 'This page belongs to an earlier start of TrackIT. Open the address that “trackit up” printed last.'
      : 'Try again; if it stays, look at the State view.'),
  });
}
