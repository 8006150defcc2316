/** The start of the page: opens the view of the address, and keeps the live stream, the bar and the focus in step with it. */

import {ApiError, client} from './api.js';
import {closeDialogs} from './dialog.js';
import {Events} from './events.js';
import {keys} from './keys.js';
import {announce} from './notice.js';
import {fileName} from './picker-row.js';
import {address, load, NOTEBOOK_VIEWS, route, router} from './router.js';
import {Shell} from './shell.js';
import {clear, el, emptyState, buttonLink, errorState, skeleton} from './ui.js';

const TITLES = {picker: 'Notebooks', state: 'State', timeline: 'Timeline', lineage: 'Lineage', slice: 'Slice', summary: 'Summary'};

const LATER = 1500;

const main = document.getElementById('view');
const shell = new Shell(() => stream?.retry());
const ways = router(show);

let stream = null;
let streamOf;
let open = null;
let turn = 0;

/** Shows an address: the same view with another query is only updated. */
async function show({url, isBack}) {
  const place = route(url);
  if (isBack) {
    closeDialogs();
  }
  if (open && open.place.view === place.view && open.place.notebook === place.notebook && open.view?.update) {
    open.place = place;
    open.context.query = place.query;
    open.view.update(place.query, {isBack});
    return;
  }
  turn += 1;
  const mine = turn;
  const isFirst = open === null;
  close();
  connect(place.notebook);
  const root = el('div', {class: 'page'}, skeleton());
  clear(main, root);
  open = {place, view: null, context: null, ends: []};
  const info = place.notebook ? knownNotebook(place.notebook) : null;
  head(place, info);
  if (!place.view) {
    clear(root, nothingHere(url));
    return;
  }
  const context = contextOf(place, info, open);
  open.context = context;
  try {
    const [module, found] = await Promise.all([moduleOf(place, context), info ?? notebookOf(place, context)]);
    if (mine !== turn) {
      return;
    }
    context.info = found;
    head(place, found);
    root.className = '';
    root.replaceChildren();
    context.query = open.place.query;
    open.view = module.open(root, context) ?? {};
    if (!isFirst) {
      main.focus({preventScroll: true});
      announce(TITLES[place.view]);
    }
    loadTheRest();
  } catch (failure) {
    if (mine === turn && failure.name !== 'AbortError') {
      root.className = 'page';
      clear(root, failed(failure, place));
    }
  }
}

/* A module that does not come has a reason, which the program itself can tell. */
async function moduleOf(place, context) {
  try {
    return await load(place.view);
  } catch (failure) {
    await context.api.get('/state', {signal: context.signal});
    throw failure;
  }
}

function contextOf(place, info, self) {
  const abort = new AbortController();
  self.ends.push(() => abort.abort());
  const context = {
    notebook: place.notebook,
    info,
    query: place.query,
    api: client(place.notebook),
    signal: abort.signal,
    announce,
    navigate: ways.navigate,
    address: (view, params) => address(view, place.notebook, params),
    setQuery(changes, options = {replace: true}) {
      // A search tells after a short rest: by then another view may stand there, which must not take the filter for its own.
      if (abort.signal.aborted) {
        return;
      }
      const query = new URLSearchParams(context.query);
      for (const [name, value] of Object.entries(changes)) {
        if (value === null || value === undefined || value === '') {
          query.delete(name);
        } else {
          query.set(name, value);
        }
      }
      const text = query.toString();
      ways.navigate(location.pathname + (text ? `?${text}` : ''), options);
    },
    events: {
      on(type, listener) {
        const end = stream.on(type, listener);
        self.ends.push(end);
        return end;
      },
      get state() {
        return stream.state;
      },
    },
    keys: {
      add(shortcut) {
        const end = keys.add(shortcut);
        self.ends.push(end);
        return end;
      },
    },
  };
  return context;
}

let isLoading = false;

/* The other views' modules, when the first view stands: so that they are there even if the program is not. */
function loadTheRest() {
  if (!isLoading) {
    isLoading = true;
    setTimeout(() => Object.keys(TITLES).forEach((view) => load(view).catch(() => {})), LATER);
  }
}

/* What is known of notebooks, so that the bar has the name at once when one goes from view to view. */
const notebooks = new Map();

function knownNotebook(id) {
  return notebooks.get(id) ?? null;
}

async function notebookOf(place, context) {
  if (!place.notebook) {
    return null;
  }
  const {notebook} = await context.api.get(`/notebooks/${encodeURIComponent(place.notebook)}`, {signal: context.signal});
  notebooks.set(place.notebook, notebook);
  return notebook;
}

function head(place, info) {
  shell.place({...place, info});
  const parts = [fileName(info), TITLES[place.view] ?? 'Not found', 'TrackIT'];
  document.title = parts.filter(Boolean).join(' · ');
}

function connect(notebook) {
  if (stream && streamOf === notebook) {
    return;
  }
  stream?.close();
  streamOf = notebook;
  shell.connection('connecting');
  stream = new Events(notebook, (state) => shell.connection(state));
  stream.on('notebook', (data) => {
    if (data?.id && notebooks.has(data.id)) {
      notebooks.set(data.id, {...notebooks.get(data.id), ...data});
    }
  });
}

function close() {
  closeDialogs();
  if (open) {
    open.ends.forEach((end) => end());
    open.view?.close?.();
    open = null;
  }
}

function failed(failure, place) {
  if (failure.status === 404) {
    head({...place, notebook: null}, null);
    return errorState(failure, {heading: 'h1', actions: [buttonLink({label: 'All notebooks', icon: 'notebook', href: '/', kind: 'primary'})]});
  }
  if (!(failure instanceof ApiError)) {
    console.error(failure);
  }
  return errorState(failure, {heading: 'h1', retry: () => location.reload()});
}

function nothingHere(url) {
  return emptyState({
    icon: 'search',
    heading: 'h1',
    title: 'There is nothing at this address',
    text: 'The notebook may have been renamed, or the address was cut when it was copied.',
    where: url.pathname,
    actions: [buttonLink({label: 'All notebooks', icon: 'notebook', href: '/', kind: 'primary'})],
  });
}

function goKeys() {
  const goTo = (key, help, to) => keys.add({key: `g ${key}`, help, group: 'Everywhere', run: () => {
    const where = to();
    if (where) {
      ways.navigate(where);
    }
  }});
  keys.add({key: '/', help: 'Search', group: 'Everywhere', run: () => open?.view?.focusSearch?.()});
  goTo('n', 'Notebooks', () => '/');
  for (const view of NOTEBOOK_VIEWS) {
    goTo(view.key, view.title, () => open?.place.notebook && address(view.name, open.place.notebook));
  }
  goTo('a', 'State of the agent', () => '/state');
}

goKeys();
ways.start();
