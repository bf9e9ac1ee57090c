// The page as a whole: asks the org, hears what happens, shows it.

import { byId } from '../base/dom.js';
import { follow } from '../base/follow.js';
import { hideLost, mentionProblem, showLost, showProblem } from '../base/problems.js';
import { focusReply, listenToComposer, showComposer } from './composer.js';
import { customerOf } from './customer.js';
import { showDetails } from './details.js';
import { get, post, request } from './org-api.js';
import { listenToRepresentative, showRepresentative } from './representative.js';
import { emptyState, myWork, openWork, statusOf } from './state.js';
import { addEntry, clearTranscript, showTranscript } from './transcript.js';
import { showWork } from './work-list.js';

/** @import { Entry, Work } from './types.d.ts' */

const ME = 'rep-console-me';
/** Events come in bursts: what they change is asked for once. */
const REFRESH_DELAY_MS = 60;

const state = emptyState();
state.me = sessionStorage.getItem(ME) ?? undefined;

/** What has happened in the conversation that is being read right now. @type {[string, Entry][] | undefined} */
let whileReading;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let refreshTimer;

/**
 * Runs a task; what goes wrong is said on the page.
 * @param {() => Promise<void>} task
 */
function attempt(task) {
  task().catch(showProblem);
}

/**
 * Runs a task that nobody asked for.
 * @param {() => Promise<void>} task
 */
function keepUp(task) {
  task().catch(mentionProblem);
}

function show() {
  showRepresentative(state);
  showWork(state, { accept, decline, open });
  showComposer(state);
  showDetails(state);
  const opened = state.conversations.find(({ id }) => id === state.openId);
  byId('heading', HTMLElement).textContent = opened === undefined ? '' : customerOf(opened.subject).name;
  const status = byId('heading-status', HTMLElement);
  status.textContent = opened === undefined ? '' : statusOf(opened);
  status.className = `status ${status.textContent.toLowerCase()}`;
  byId('nothing-open', HTMLElement).hidden = opened !== undefined;
  byId('nobody', HTMLElement).hidden = state.agents.length > 0;
  document.body.dataset['view'] = opened === undefined ? 'lists' : 'conversation';
  const waiting = myWork(state, 'Assigned').length + unreadOfMine();
  document.title = waiting > 0 ? `(${waiting}) Rep console` : 'Rep console';
}

function unreadOfMine() {
  const counts = myWork(state, 'Opened').map(({ conversationId }) => state.unread.get(conversationId ?? '') ?? 0);
  return counts.reduce((sum, count) => sum + count, 0);
}

async function refresh() {
  const [{ agents }, { queues }, { work }, { conversations }] = await Promise.all([
    get('agents'),
    get('queues'),
    get('agent-work'),
    get('conversations'),
  ]);
  Object.assign(state, { agents, queues, work, conversations });
  if (!state.conversations.some(({ id }) => id === state.openId)) close();
  const { openId } = state;
  if (openId !== undefined) {
    const { sessions } = await get(`conversations/${openId}/sessions`);
    if (state.openId === openId) state.sessions = sessions;
  }
  show();
  await markRead();
}

function refreshSoon() {
  clearTimeout(refreshTimer);
  refreshTimer = setTimeout(() => keepUp(refresh), REFRESH_DELAY_MS);
}

/** Tells the customer that somebody has read what they wrote, if somebody looks at it. */
async function markRead() {
  const work = openWork(state);
  if (work === undefined || document.visibilityState !== 'visible') return;
  const isUnread = state.unread.delete(state.openId ?? '');
  if (isUnread) show();
  await post(`agent-work/${work.id}/read`);
}

/** @param {string} conversationId */
async function read(conversationId) {
  /** @type {[string, Entry][]} */
  const early = [];
  whileReading = early;
  const conversation = await get(`conversations/${conversationId}`);
  if (whileReading !== early) return;
  whileReading = undefined;
  showTranscript(conversation, { queues: state.queues, attempt });
  for (const [id, entry] of early) addEntry(id, entry, { queues: state.queues, attempt });
}

/** @param {string} conversationId */
function open(conversationId) {
  state.openId = conversationId;
  state.sessions = [];
  clearTranscript();
  show();
  attempt(async () => {
    await Promise.all([read(conversationId), refresh()]);
    focusReply();
  });
}

function close() {
  state.openId = undefined;
  state.sessions = [];
  clearTranscript();
}

/** @param {Work} work */
function accept({ conversationId, id }) {
  attempt(async () => {
    await post(`agent-work/${id}/accept`);
    if (conversationId !== null) open(conversationId);
  });
}

/** @param {Work} work */
function decline({ id }) {
  attempt(async () => {
    await post(`agent-work/${id}/decline`);
    await refresh();
  });
}

/** @param {{ conversationId: string, entry: Entry }} event */
function onEvent({ conversationId, entry }) {
  if (entry.type === 'Message' && entry.role === 'EndUser') {
    state.unread.set(conversationId, (state.unread.get(conversationId) ?? 0) + 1);
  }
  if (conversationId === state.openId) {
    if (whileReading === undefined) addEntry(conversationId, entry, { queues: state.queues, attempt });
    else whileReading.push([conversationId, entry]);
  }
  if (!entry.type.startsWith('Typing')) refreshSoon();
}

/** @param {string} username */
async function become(username) {
  state.me = username;
  sessionStorage.setItem(ME, username);
  await refresh();
}

listenToRepresentative(state, { attempt, become });
listenToComposer(state, attempt);
byId('back', HTMLButtonElement).addEventListener('click', () => {
  close();
  show();
});
const detailsToggle = byId('details-toggle', HTMLButtonElement);
for (const button of [detailsToggle, byId('details-close', HTMLButtonElement)]) {
  button.addEventListener('click', () => {
    const isShown = document.body.classList.toggle('details-shown');
    detailsToggle.setAttribute('aria-expanded', String(isShown));
    if (!isShown) detailsToggle.focus();
  });
}
document.addEventListener('visibilitychange', () => keepUp(markRead));

await follow(() => request('GET', 'events'), {
  onEvent,
  onOpen: () => {
    hideLost();
    attempt(async () => {
      await Promise.all([refresh(), ...(state.openId === undefined ? [] : [read(state.openId)])]);
    });
  },
  onLost: showLost,
});
