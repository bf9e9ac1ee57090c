// Events: all of them, or the dead letters alone.

import { el } from '../../base/dom.js';
import { get } from '../page/data-api.js';
import { eventNodes } from './event-view.js';

/** @import { EventDetail, ListPage, Row, Summary, View } from '../types.d.ts' */

/** @type {Omit<View<Summary, EventDetail>, 'filters' | 'fixed' | 'empty'>} */
const events = {
  searchLabel: 'Text in the body',
  list: listEvents,
  row: eventRow,
  open: (id) => get(`events/${encodeURIComponent(id)}`),
  isTouched: (openId, { events, all }) => all || events.includes(openId),
  model: () => undefined,
  nodes: eventNodes,
  canSaveHar: true,
};

/** @type {View<Summary, EventDetail>} */
export const allView = {
  ...events,
  filters: ['text', 'case', 'event', 'state'],
  fixed: {},
  empty: () => [
    el('p', {}, 'Nothing has come yet.'),
    el('p', {}, 'Make an event up: ', el('a', { href: '#/fixtures' }, 'fire a fixture'), ', or run'),
    el('p', {}, el('code', {}, 'opencx-sf events trigger case_created')),
  ],
};

/** @type {View<Summary, EventDetail>} */
export const deadView = {
  ...events,
  filters: ['text', 'case', 'event'],
  fixed: { state: 'dead' },
  empty: () => [el('p', {}, 'No dead letters: everything arrived, or is still tried.')],
};

/**
 * @param {URLSearchParams} query
 * @returns {Promise<ListPage<Summary>>}
 */
async function listEvents(query) {
  /** @type {{ events: Summary[], more: boolean }} */
  const { events, more } = await get(`events?${query}`);
  const last = events.at(-1);
  return { items: events, ...(more && last !== undefined ? { next: String(last.sequence) } : {}) };
}

/**
 * @param {Summary} event
 * @returns {Row}
 */
function eventRow({ id, event, direction, caseId, caseNumber, caseSubject, sessionId, about, ...rest }) {
  const attempts = Math.max(0, ...rest.deliveries.map((delivery) => delivery.attempts));
  const known = [caseNumber ?? caseId, sessionId === undefined ? undefined : `session ${sessionId.slice(0, 8)}`];
  return {
    id,
    title: event,
    direction,
    pill: { text: rest.state, kind: rest.state },
    subject: caseSubject ?? about ?? '–',
    notes: [
      ...known.filter((one) => one !== undefined),
      ...(rest.replayOf === undefined ? [] : ['replay']),
      ...(attempts > 1 ? [`${attempts} attempts`] : []),
      ...(rest.duplicates > 0 ? [`came again ${rest.duplicates}×`] : []),
    ],
    at: rest.receivedAt,
  };
}
