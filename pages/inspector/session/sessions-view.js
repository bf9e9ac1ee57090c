// Sessions, and one of them across both systems.

import { el } from '../../base/dom.js';
import { timeOf } from '../../base/time.js';
import { get } from '../page/data-api.js';
import { button, facts, orgLink, title } from '../page/facts.js';
import { statePill } from '../page/state-pill.js';
import { opencxNodes, opencxOf } from './opencx-panel.js';
import { timelineList } from './timeline-view.js';

/** @import { Context, ListPage, Row, Session, SessionDetail, View } from '../types.d.ts' */

/** Events of a timeline at first, and that a press of "Older" adds. */
const STEP = 200;
/** As many as serve gives. */
const MOST = 1000;

/** How many are shown of the session that is open. @type {{ id: string, most: number }} */
let shown = { id: '', most: STEP };

/** @type {View<Session, SessionDetail>} */
export const sessionsView = {
  filters: ['text', 'session-state', 'channel'],
  searchLabel: 'Contact, subject, Case number, id',
  fixed: {},
  list: listSessions,
  row: sessionRow,
  open: async (id) => {
    if (shown.id !== id) shown = { id, most: STEP };
    return await get(`sessions/${encodeURIComponent(id)}?most=${shown.most}`);
  },
  isTouched: () => true,
  model: ({ session }) => opencxOf(session.id),
  nodes: sessionNodes,
  empty: () => [
    el('p', {}, 'No session yet.'),
    el('p', {}, 'One begins with a handoff: ', el('code', {}, 'POST /v1/handoffs')),
  ],
  canSaveHar: false,
};

/**
 * @param {URLSearchParams} query
 * @returns {Promise<ListPage<Session>>}
 */
async function listSessions(query) {
  /** @type {{ sessions: Session[], next?: string }} */
  const { sessions, next } = await get(`sessions?${query}`);
  return { items: sessions, ...(next === undefined ? {} : { next }) };
}

/**
 * @param {Session} session
 * @returns {Row}
 */
function sessionRow({ id, channel, state, contact, subject, caseId, caseNumber, conversationId, updatedAt }) {
  const held = caseNumber ?? caseId ?? (conversationId === undefined ? undefined : `conversation ${conversationId}`);
  return {
    id,
    title: contact.name ?? contact.email ?? contact.id ?? id,
    pill: { text: state, kind: state },
    subject: subject ?? '–',
    notes: [channel, ...(held === undefined ? [] : [held])],
    at: updatedAt,
  };
}

/**
 * @param {SessionDetail} detail
 * @param {Context} context
 */
function sessionNodes({ session, links, timeline, more }, context) {
  const { id, contact, caseId, caseNumber, contactId, messagingSessionId } = session;
  const older = button('Older …', '', '', () => {
    shown = { id, most: Math.min(MOST, shown.most + STEP) };
    context.actions.readAgain();
  });
  return [
    title(context.view, contact.name ?? contact.email ?? contact.id ?? id, [statePill(session.state)]),
    facts([
      ['Session', id],
      ['Channel', session.channel],
      ['Began', session.origin === 'handoff' ? 'with a handoff by OpenCX' : 'with a customer’s mail to Salesforce'],
      ['Contact', [contact.name, contact.email, contact.id].filter(Boolean).join(' · ') || undefined],
      ['In Salesforce', contactId === undefined ? undefined : orgLink(contactId, links.contact)],
      ['Subject', session.subject],
      ['Language', session.language],
      [
        'Case',
        caseId === undefined
          ? undefined
          : orgLink(caseNumber === undefined ? caseId : `${caseNumber} (${caseId})`, links.case),
      ],
      ['Conversation', session.conversationId],
      [
        'Messaging session',
        messagingSessionId === undefined ? undefined : orgLink(messagingSessionId, links.messagingSession),
      ],
      ['Callback', session.callback],
      ['Since', timeOf(Date.parse(session.createdAt))],
      ['Changed', timeOf(Date.parse(session.updatedAt))],
    ]),
    el(
      'div',
      { class: 'sides' },
      el(
        'section',
        { 'aria-labelledby': 'timeline-title' },
        el('h2', { id: 'timeline-title' }, 'What happened'),
        ...(more && shown.most < MOST ? [el('p', { class: 'buttons' }, older)] : []),
        ...(more && shown.most >= MOST ? [el('p', { class: 'under' }, `The newest ${MOST} events.`)] : []),
        timelineList(timeline),
      ),
      ...(context.can.opencx ? [opencxNodes(id, context.actions)] : []),
    ),
  ];
}
