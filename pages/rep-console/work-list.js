// The left side: what waits in queues, what is offered, whose conversations there are.

import { byId, el, rebuild } from '../base/dom.js';
import { timeOf, TO_THE_MINUTE } from '../base/time.js';
import { customerOf } from './customer.js';
import { myWork, statusOf } from './state.js';

/** @import { Conversation, State, Work } from './types.d.ts' */

/**
 * @typedef {object} WorkActions
 * @property {(work: Work) => void} accept
 * @property {(work: Work) => void} decline
 * @property {(conversationId: string) => void} open
 */

const queues = byId('queues', HTMLUListElement);
const offered = byId('offered', HTMLUListElement);
const mine = byId('mine', HTMLUListElement);
const others = byId('others', HTMLUListElement);

/**
 * @param {State} state
 * @param {WorkActions} actions
 */
export function showWork(state, actions) {
  rebuild(queues, state.queues, () => state.queues.map(queueNode));
  const offers = myWork(state, 'Assigned').map((work) => ({
    work,
    conversation: conversationOf(state, work),
    queue: state.queues.find(({ id }) => id === work.queueId)?.name ?? '',
  }));
  rebuild(offered, offers, () => offers.map((offer) => offerNode(offer, actions)));
  byId('offered-count', HTMLElement).textContent = String(offers.length);

  const mineIds = new Set(myWork(state, 'Opened').map(({ conversationId }) => conversationId));
  const offeredIds = new Set(offers.map(({ work }) => work.conversationId));
  const listed = state.conversations.filter(({ id }) => !offeredIds.has(id)).toReversed();
  const rows = listed.map((conversation) => ({
    conversation,
    isOpen: conversation.id === state.openId,
    unread: mineIds.has(conversation.id) ? (state.unread.get(conversation.id) ?? 0) : 0,
  }));
  const [myRows, otherRows] = [true, false].map((is) => rows.filter((row) => mineIds.has(row.conversation.id) === is));
  for (const [list, shown = []] of /** @type {const} */ ([
    [mine, myRows],
    [others, otherRows],
  ])) {
    rebuild(list, shown, () => shown.map((row) => conversationNode(row, actions)));
  }
  byId('mine-count', HTMLElement).textContent = String(myRows?.length ?? 0);
  byId('others-count', HTMLElement).textContent = String(otherRows?.length ?? 0);
}

/**
 * @param {State} state
 * @param {Work} work
 */
function conversationOf({ conversations }, { conversationId }) {
  return conversations.find(({ id }) => id === conversationId);
}

/** @param {{ name: string, waiting: number }} queue */
function queueNode({ name, waiting }) {
  return el('li', { class: waiting > 0 ? 'busy' : '' }, el('bdi', {}, name), el('b', {}, String(waiting)), ' waiting');
}

/**
 * @param {{ work: Work, conversation: Conversation | undefined, queue: string }} offer
 * @param {WorkActions} actions
 */
function offerNode({ conversation, queue, work }, actions) {
  const { name } = customerOf(conversation?.subject ?? '');
  return el(
    'li',
    { class: 'offer' },
    el('bdi', {}, name),
    el(
      'div',
      { class: 'under' },
      `for ${queue}`,
      ...(conversation === undefined ? [] : [timeOf(conversation.startedAt, TO_THE_MINUTE)]),
    ),
    el(
      'div',
      { class: 'buttons' },
      button('Accept', 'primary', `accept ${work.id}`, `Accept ${name}`, () => actions.accept(work)),
      button('Decline', '', `decline ${work.id}`, `Decline ${name}`, () => actions.decline(work)),
    ),
  );
}

/**
 * @param {{ conversation: Conversation, isOpen: boolean, unread: number }} row
 * @param {WorkActions} actions
 */
function conversationNode({ conversation, isOpen, unread }, actions) {
  const { id, startedAt, subject } = conversation;
  const status = statusOf(conversation);
  return el(
    'li',
    {},
    el(
      'button',
      {
        type: 'button',
        class: 'row',
        'data-key': id,
        'aria-current': isOpen ? 'true' : false,
        onclick: () => actions.open(id),
      },
      el('bdi', {}, customerOf(subject).name),
      ...(unread > 0 ? [el('b', { class: 'unread', 'aria-label': `${unread} not read` }, String(unread))] : []),
      el('span', { class: `status ${status.toLowerCase()}` }, status),
      timeOf(startedAt, TO_THE_MINUTE),
    ),
  );
}

/**
 * @param {string} text
 * @param {string} kind
 * @param {string} key
 * @param {string} label
 * @param {() => void} onclick
 */
function button(text, kind, key, label, onclick) {
  return el('button', { type: 'button', class: kind, 'data-key': key, 'aria-label': label, onclick }, text);
}
