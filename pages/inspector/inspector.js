// The page as a whole: asks serve, hears what changes, shows it.

import { byId, el } from '../base/dom.js';
import { follow } from '../base/follow.js';
import { hideLost, mentionProblem, showLost, showProblem } from '../base/problems.js';
import { blob, get, NotLetIn, post, request, takeToken } from './data-api.js';
import { showOpened } from './event-view.js';
import { filterQuery, focusSearch, isFiltered, listenToFilters, showFilters } from './filters.js';
import { listenToKeys } from './keyboard.js';
import { showLinks } from './links-view.js';
import { focusRow, showList } from './list-view.js';
import { listenToReplayDialog, openReplayDialog } from './replay-dialog.js';

/** @import { EventActions, State, Summary } from './types.d.ts' */

/** Events that are listed at most; a filter finds the others. */
const MOST_LISTED = 1000;

/** Between two readings of the list. */
const SHORTEST_PAUSE_MS = 100;

/** @type {State} */
const state = {
  view: 'all',
  status: undefined,
  events: [],
  more: false,
  rejections: [],
  isRead: false,
  openId: undefined,
  opened: undefined,
};
const said = byId('said', HTMLElement);

/**
 * Runs a task; what goes wrong is said on the page.
 * @param {() => Promise<void>} task
 */
function attempt(task) {
  task().catch((error) => tell(error, showProblem));
}

/**
 * Runs a task that nobody asked for.
 * @param {() => Promise<void>} task
 */
function keepUp(task) {
  task().catch((error) => tell(error, mentionProblem));
}

/**
 * @param {unknown} error
 * @param {(error: unknown) => void} say
 */
function tell(error, say) {
  if (error instanceof NotLetIn) askForToken(error.message);
  else say(error);
}

/** @param {string} why */
function askForToken(why) {
  const dialog = byId('no-token', HTMLDialogElement);
  byId('no-token-why', HTMLElement).textContent = why;
  if (!dialog.open) dialog.showModal();
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let saying;

/** @param {string} text */
function say(text) {
  said.textContent = text;
  clearTimeout(saying);
  saying = setTimeout(() => (said.textContent = ''), 4000);
}

function show() {
  for (const link of byId('views', HTMLElement).querySelectorAll('a')) {
    if (link.dataset['to'] === state.view) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  if (state.status !== undefined) {
    showLinks(state.status);
    showFilters(state.status, state.view);
    const dead = state.status.counts?.['dead'] ?? 0;
    document.title = dead > 0 ? `(${dead} dead) opencx-sf serve` : 'opencx-sf serve';
  }
  showList(state, isFiltered(state.view));
  showOpened(state, actions);
  document.body.dataset['view'] = state.openId === undefined ? 'list' : 'detail';
}

/** Counts readings of the list: one that a later one has overtaken is thrown away. */
let listing = 0;

/** @param {number} atLeast so many events are read, if there are */
async function readList(atLeast) {
  const { view } = state;
  const mine = (listing += 1);
  const query = filterQuery(view);
  /** @type {Summary[]} */
  const events = [];
  let more = view !== 'refused';
  while (more && (events.length === 0 || events.length < atLeast)) {
    const last = events.at(-1);
    if (last !== undefined) query.set('before', String(last.sequence));
    const page = await get(`events?${query}`);
    events.push(...page.events);
    more = page.more && page.events.length > 0;
  }
  const rejections = view === 'refused' ? (await get('rejections')).rejections : state.rejections;
  if (mine !== listing) return;
  Object.assign(state, { events, rejections, isRead: true, more: more && events.length < MOST_LISTED });
  show();
}

async function readStatus() {
  state.status = await get('status');
  show();
}

async function readOpened() {
  const { openId, view } = state;
  if (openId === undefined || view === 'refused') return;
  const event = await get(`events/${openId}`);
  if (state.openId !== openId) return;
  state.opened = event;
  show();
}

async function refresh() {
  await Promise.all([readStatus(), readList(state.events.length)]);
}

let isRefreshing = false;
let isStale = false;

/** One reading at a time, and pauses between them: a search through many events must not keep webhooks waiting. */
function refreshSoon() {
  isStale = true;
  if (isRefreshing) return;
  isRefreshing = true;
  keepUp(async () => {
    try {
      while (isStale) {
        isStale = false;
        const begunAt = performance.now();
        await refresh();
        const pauseMs = Math.max(SHORTEST_PAUSE_MS, 4 * (performance.now() - begunAt));
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    } finally {
      isRefreshing = false;
    }
  });
}

/** Shows what the address names: `#/<view>` or `#/<view>/<id>`. */
function followAddress() {
  const [, view = 'all', id] = /^#\/(all|dead|refused)(?:\/([\w-]+))?$/.exec(location.hash) ?? [];
  const isOther = view !== state.view;
  if (id !== state.openId) state.opened = undefined;
  Object.assign(state, { view, openId: id });
  if (isOther) Object.assign(state, { events: [], more: false, isRead: false });
  show();
  attempt(readOpened);
  if (isOther) refreshSoon();
  if (id !== undefined) byId('detail', HTMLElement).scrollTop = 0;
}

/** @param {string} id */
function showReplay(id) {
  say(`Replaying as ${id}`);
  location.hash = `#/all/${id}`;
  refreshSoon();
}

/**
 * @param {Blob} content
 * @param {string} name
 */
function save(content, name) {
  const url = URL.createObjectURL(content);
  el('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** @param {(id: string) => Promise<void>} task */
function withOpened(task) {
  const { opened } = state;
  if (opened !== undefined) attempt(() => task(opened.id));
}

/** @type {EventActions} */
const actions = {
  replay: () => {
    if (state.opened?.deliveries.length === 0) return openReplayDialog(state.opened);
    withOpened(async (id) => showReplay((await post(`events/${id}/replay`, {})).id));
  },
  edit: () => {
    if (state.opened !== undefined) openReplayDialog(state.opened);
  },
  copyCurl: () => withOpened(async (id) => copyText((await get(`events/${id}/curl`)).command)),
  saveHar: () => withOpened(async (id) => save(await blob(`events/${id}/har`), `${id}.har`)),
  saveBody: () => withOpened(async (id) => save(await blob(`events/${id}/body`), `${id}.json`)),
  copy: (text) => attempt(() => copyText(text)),
};

/** @param {string} text */
async function copyText(text) {
  await navigator.clipboard.writeText(text);
  say('Copied');
}

const help = byId('help', HTMLDialogElement);
byId('help-open', HTMLButtonElement).addEventListener('click', () => help.showModal());
byId('help-close', HTMLButtonElement).addEventListener('click', () => help.close());
// Without a token there is nothing to go back to.
byId('no-token', HTMLDialogElement).addEventListener('cancel', (event) => event.preventDefault());
byId('older', HTMLButtonElement).addEventListener('click', () => attempt(() => readList(state.events.length + 1)));
listenToFilters(() => {
  Object.assign(state, { events: [], isRead: false });
  refreshSoon();
});
listenToReplayDialog(showReplay);
listenToKeys({
  j: () => focusRow(1),
  k: () => focusRow(-1),
  r: actions.replay,
  e: actions.edit,
  '/': focusSearch,
  '?': () => help.showModal(),
  Escape: () => {
    location.hash = `#/${state.view}`;
  },
});

takeToken();
// A new token, of a serve that was started again, comes in a new address of the same page.
addEventListener('hashchange', () => {
  if (!location.hash.startsWith('#token=')) return followAddress();
  takeToken();
  location.reload();
});
followAddress();
attempt(async () => {
  await follow(() => request('GET', 'live'), {
    /** @param {{ events: readonly string[], all: boolean }} change */
    onEvent: ({ events, all }) => {
      refreshSoon();
      if (all || events.includes(state.openId ?? '')) keepUp(readOpened);
    },
    onOpen: () => {
      hideLost();
      refreshSoon();
      keepUp(readOpened);
    },
    onLost: (since, error) => {
      // Trying again is of no use.
      if (error instanceof NotLetIn) throw error;
      showLost(since, error);
    },
  });
});
