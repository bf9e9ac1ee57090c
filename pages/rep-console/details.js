// The right side: what of a conversation is in the org.

import { byId, el, rebuild } from '../base/dom.js';
import { customerOf } from './customer.js';
import { statusOf } from './state.js';

/** @import { Conversation, Session, State } from './types.d.ts' */

const panel = byId('details-content', HTMLElement);
/** The attribute that leads from the org to OpenCX comes first. */
const FIRST_ATTRIBUTE = 'OpencxSessionId';

/** @param {State} state */
export function showDetails({ conversations, openId, queues, sessions, work }) {
  const conversation = conversations.find(({ id }) => id === openId);
  const queueId = work.find(({ conversationId }) => conversationId === openId)?.queueId;
  const queue = queues.find(({ id }) => id === queueId)?.name ?? '';
  const model = conversation && { conversation, queue, sessions };
  rebuild(panel, model ?? null, () => (model === undefined ? [] : parts(model)));
}

/** @param {{ conversation: Conversation, queue: string, sessions: readonly Session[] }} model */
function parts({ conversation, queue, sessions }) {
  const { deployment, id, routingAttributes, subject } = conversation;
  const { isVerified, name } = customerOf(subject);
  const [session, ...earlier] = sessions;
  const attributes = Object.entries(routingAttributes).sort(([one], [other]) => rank(one) - rank(other));
  return [
    part('Customer', [
      ['Name', name],
      ['Identity', isVerified ? 'verified' : 'guest'],
      ['Subject', subject],
    ]),
    session === undefined ? part('Session', []) : part('Session', [...sessionLines(session), ['Queue', queue]]),
    part('Routing attributes', attributes),
    part('Conversation', [
      ['Id', id],
      ['Deployment', deployment],
      ['State', statusOf(conversation)],
      ['Earlier sessions', earlier.map(({ id }) => id).join(', ')],
    ]),
  ];
}

/**
 * @param {Session} session
 * @returns {[string, string][]}
 */
function sessionLines({ fields, id, owner }) {
  const values = Object.entries(fields).map(
    ([field, value]) => /** @type {[string, string]} */ ([field, textOf(value)]),
  );
  return [['Id', id], ['Owner', owner], ...values];
}

/** @param {unknown} value */
function textOf(value) {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** @param {string} attribute */
function rank(attribute) {
  return attribute === FIRST_ATTRIBUTE ? 0 : 1;
}

/**
 * @param {string} title
 * @param {readonly (readonly [string, string])[]} lines
 */
function part(title, lines) {
  const content = lines.flatMap(([term, value]) => [
    el('dt', {}, term),
    value === '' ? el('dd', { class: 'empty' }, 'empty') : el('dd', { dir: 'auto' }, value),
  ]);
  return el(
    'section',
    {},
    el('h3', {}, title),
    lines.length === 0 ? el('p', { class: 'empty' }, 'none') : el('dl', {}, ...content),
  );
}
