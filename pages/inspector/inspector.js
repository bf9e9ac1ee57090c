// The page as a whole: asks serve, hears what changes, shows it.

import { byId } from '../base/dom.js';
import { follow } from '../base/follow.js';
import { hideLost, showLost } from '../base/problems.js';
import { goesElsewhere } from './event/place.js';
import { openReplayDialog, listenToReplayDialog } from './event/replay-dialog.js';
import { listenToSaveDialog, openSaveDialog } from './fixtures/save-dialog.js';
import { showLinks } from './links/links-bar.js';
import { filterQuery, focusSearch, isFiltered, listenToFilters, showFilters } from './list/filters.js';
import { focusRow, showList } from './list/list-view.js';
import { addressOf } from './page/address.js';
import { blob, get, NotLetIn, post, request, takeToken } from './page/data-api.js';
import { listenToKeys } from './page/keyboard.js';
import { notTwice } from './page/not-twice.js';
import { showOpened } from './page/opened-view.js';
import { attempt, keepUp, say } from './page/say.js';
import { readList, readOpened, readStatus, state, takeAddress, whatIsOpen } from './page/state.js';
import { copyText, save } from './page/take-away.js';
import { views } from './page/views.js';

/** @import { Actions, Change, EventDetail, ViewName } from './types.d.ts' */

/** Between two readings of the list. */
const SHORTEST_PAUSE_MS = 100;

function show() {
  const view = views[state.view];
  for (const link of byId('views', HTMLElement).querySelectorAll('a')) {
    if (link.dataset['to'] === state.view) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  if (state.status !== undefined) {
    showLinks(state.status);
    showFilters(state.status, view);
    const dead = state.status.counts?.['dead'] ?? 0;
    document.title = dead > 0 ? `(${dead} dead) opencx-sf serve` : 'opencx-sf serve';
  }
  showList(state, state.items.map(view.row), view.empty, isFiltered(view));
  showOpened(state, actions);
  document.body.dataset['view'] = state.openId === undefined ? 'list' : 'detail';
}

/** @param {() => Promise<void>} read */
async function thenShow(read) {
  await read();
  show();
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
        await Promise.all([thenShow(readStatus), thenShow(() => readList(state.items.length))]);
        if (isOpenTouched) {
          isOpenTouched = false;
          await thenShow(readOpened);
        }
        const pauseMs = Math.max(SHORTEST_PAUSE_MS, 4 * (performance.now() - begunAt));
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    } finally {
      isRefreshing = false;
    }
  });
}

/** Whether what is open is to be read again. */
let isOpenTouched = false;

/** @param {Change} change */
function hearChange(change) {
  isOpenTouched ||= state.openId !== undefined && views[state.view].isTouched(state.openId, change);
  refreshSoon();
}

/** Shows what the address names. */
function followAddress() {
  const { isOther, isOtherView } = takeAddress();
  if (!isOther) return;
  show();
  attempt(() => thenShow(readOpened));
  if (isOtherView) refreshSoon();
  byId('detail', HTMLElement).scrollTop = 0;
}

/**
 * @param {ViewName} view
 * @param {string} [id]
 */
function go(view, id) {
  location.hash = addressOf(view, id);
}

/** @param {string} id */
function showReplay(id) {
  say(`Replaying as ${id}`);
  go('all', id);
  refreshSoon();
}

/**
 * Does something with the event that is open. Whoever presses a key right after they opened it means that one.
 * @param {(event: EventDetail) => Promise<void> | void} task
 */
function withEvent(task) {
  followAddress();
  if (state.view !== 'all' && state.view !== 'dead') return;
  attempt(async () => {
    const event = /** @type {EventDetail | undefined} */ (await whatIsOpen());
    if (event !== undefined) await task(event);
  });
}

/** @type {(event: EventDetail) => Promise<void>} */
const replay = notTwice(async (event) => {
  if (!goesElsewhere(event)) openReplayDialog(event);
  else showReplay((await post(`events/${event.id}/replay`, {})).id);
});

/** @type {Actions} */
const actions = {
  replay: () => withEvent(replay),
  edit: () => withEvent(openReplayDialog),
  copyCurl: () => withEvent(async ({ id }) => copyText((await get(`events/${id}/curl`)).command)),
  saveHar: () => withEvent(async ({ id }) => save(await blob(`events/${id}/har`), `${id}.har`)),
  saveBody: () => withEvent(async ({ id }) => save(await blob(`events/${id}/body`), `${id}.json`)),
  copy: (text) => attempt(() => copyText(text)),
  saveFixture: openSaveDialog,
  attempt,
  go,
  say,
  readAgain: () => {
    attempt(() => thenShow(readOpened));
    refreshSoon();
  },
  showAgain: show,
};

const help = byId('help', HTMLDialogElement);
byId('help-open', HTMLButtonElement).addEventListener('click', () => help.showModal());
byId('help-close', HTMLButtonElement).addEventListener('click', () => help.close());
// Without a token there is nothing to go back to.
byId('no-token', HTMLDialogElement).addEventListener('cancel', (event) => event.preventDefault());
byId('older', HTMLButtonElement).addEventListener('click', () =>
  attempt(() => thenShow(() => readList(state.items.length + 1))),
);
byId('save-har', HTMLButtonElement).addEventListener('click', () =>
  attempt(async () => save(await blob(`har?${filterQuery(views[state.view])}`), `events.har`)),
);
listenToFilters(() => {
  Object.assign(state, { items: [], isRead: false });
  refreshSoon();
});
listenToReplayDialog(showReplay);
listenToSaveDialog((name) => {
  say(`Saved as ${name}`);
  go('fixtures', name);
  refreshSoon();
});
listenToKeys({
  j: () => focusRow(1),
  k: () => focusRow(-1),
  r: actions.replay,
  e: actions.edit,
  '/': focusSearch,
  '?': () => help.showModal(),
  Escape: () => go(state.view),
});

takeToken();
// A new token, of a serve that was started again, comes in a new address of the same page.
addEventListener('hashchange', () => {
  if (!location.hash.startsWith('#token=')) return followAddress();
  takeToken();
  location.reload();
});
followAddress();
show();
attempt(async () => {
  await follow(() => request('GET', 'live'), {
    onEvent: hearChange,
    // What happened before is to be read.
    onOpen: () => {
      hideLost();
      hearChange({ events: [], all: true });
    },
    onLost: (since, error) => {
      // Trying again is of no use.
      if (error instanceof NotLetIn) throw error;
      showLost(since, error);
    },
  });
});
