import { randomUUID } from 'node:crypto';

import { expect, onTestFinished } from 'vitest';

import type { HandoffInput } from '../../../src/handoff/api/schema/handoff-input.ts';
import type { MessageInput } from '../../../src/handoff/api/schema/message-input.ts';
import type { ConversationDesk } from '../../../src/handoff/conversation/conversation-desk.ts';
import { changeBy } from '../../../src/handoff/session/session-change.ts';
import { sessionEventNames, type SessionEvent } from '../../../src/handoff/session/session-event.ts';
import { orderKeyOf, type Session } from '../../../src/handoff/session/session.ts';
import type { HandoffStore, StoredEvent } from '../../../src/handoff/store/handoff-store.ts';
import { openMessagingOrg, type MessagingOrg } from '../../local-org/messaging/messaging-org.ts';
import type { MessagingOptions } from '../../local-org/messaging/messaging-package.ts';
import { runDesk, type RunningDesk, type Where } from './run-desk.ts';

/** Where handoffs and messages are delivered to. */
type To = Pick<ConversationDesk, 'delivery'>;

/** An org with a representative who is online. */
export async function anOrg(options?: MessagingOptions): Promise<MessagingOrg> {
  const org = await openMessagingOrg(options);
  onTestFinished(async () => {
    await org.client.close();
    expect(org.client.bugs).toEqual([]);
  });
  await org.settings({ rateLimits: false });
  await org.agent('rep@example.com', { name: 'Rita Rep', capacity: 1000 });
  return org;
}

export function whereIs({ client, deployed }: MessagingOrg): Where {
  const { scrtUrl, organizationId: orgId } = client.org;
  return { scrtUrl, orgId, deployed };
}

/** A desk with its worker, ended with the test. */
export async function aDesk(
  store: HandoffStore,
  org: MessagingOrg,
  options?: Parameters<typeof runDesk>[2],
): Promise<RunningDesk> {
  const desk = await runDesk(store, whereIs(org), options);
  onTestFinished(() => desk.close());
  return desk;
}

/** Takes a handoff as `POST /v1/handoffs` does. */
export async function handOver(store: HandoffStore, { delivery }: To, wanted: Partial<HandoffInput> = {}) {
  const sessionId = wanted.sessionId ?? randomUUID();
  const handoff = {
    sessionId,
    channel: 'web',
    contact: { id: `contact-${sessionId}`, name: 'Jane' },
    summary: 'Her printer burns',
    transcript: [{ role: 'contact', text: 'My printer burns' }],
    language: 'de',
    attachments: [],
    ...wanted,
  } as HandoffInput;
  const { channel, contact, language } = handoff;
  const at = Date.now();
  await store.accept(
    inputEvent('handoff', sessionId, handoff),
    [delivery],
    changeBy(sessionId, { type: 'handoff-accepted', channel, contact, language }, { at, callbackUrl: undefined }),
  );
  return sessionId;
}

/** Takes a message as `POST /v1/sessions/{id}/messages` does. @returns its id */
export async function write(
  store: HandoffStore,
  { delivery }: To,
  sessionId: string,
  wanted: Partial<MessageInput>,
): Promise<string> {
  const message = { id: randomUUID(), role: 'contact', text: 'Hello?', attachments: [], ...wanted };
  await store.accept(inputEvent('message', sessionId, message), [delivery]);
  return message.id;
}

function inputEvent(name: string, sessionId: string, body: object) {
  return {
    receivedAt: Date.now(),
    name,
    deliveryId: randomUUID(),
    orderKey: orderKeyOf(sessionId),
    headers: [],
    body: Buffer.from(JSON.stringify(body)),
  };
}

/** Looks again and again, for as long as a busy machine may need. */
export function eventually<T>(read: () => T | Promise<T>) {
  return expect.poll(read, { timeout: 30_000, interval: 20 });
}

/** What was told of a session so far, in order. */
export async function toldOf(store: HandoffStore, sessionId: string): Promise<SessionEvent[]> {
  const events = await store.events({ orderKey: orderKeyOf(sessionId), after: 0, limit: 1000 });
  const names: readonly string[] = sessionEventNames;
  return events
    .filter(({ name }) => names.includes(name))
    .map(({ body }) => JSON.parse(Buffer.from(body).toString('utf8')) as SessionEvent);
}

/** Waits until so many events of a name were told of a session. @returns all that was told */
export async function heard(
  store: HandoffStore,
  sessionId: string,
  name: SessionEvent['event'],
  count = 1,
): Promise<SessionEvent[]> {
  const found = async () => (await toldOf(store, sessionId)).filter(({ event }) => event === name).length;
  await eventually(found).toBeGreaterThanOrEqual(count);
  return toldOf(store, sessionId);
}

export async function sessionOf(store: HandoffStore, sessionId: string): Promise<Session> {
  const session = await store.session(sessionId);
  expect(session).toBeDefined();
  return session as Session;
}

/** What was said in the conversation of a session, as the org has it. */
export async function saidIn(org: MessagingOrg, { conversationId }: Session): Promise<string[]> {
  const { body } = await org.control('GET', `conversations/${conversationId}`);
  const entries = body.entries as { type: string; role: string; text?: string }[];
  return entries.flatMap(({ type, role, text }) => (type === 'Message' ? [`${role}: ${text ?? ''}`] : []));
}

/** The last event of a session by its name, with its delivery. */
export async function outcomeOf(store: HandoffStore, sessionId: string, name: 'handoff' | 'message') {
  const events = await store.events({ orderKey: orderKeyOf(sessionId), name, limit: 10 });
  const event = events[0] as StoredEvent;
  const [delivery] = await store.deliveries([event.id]);
  const attempts = delivery === undefined ? [] : await store.attempts([delivery.id]);
  return { event, delivery, attempts };
}
