import { orderKeyOf, type Session } from '../../../src/handoff/session/session.ts';
import type { SessionEvent } from '../../../src/handoff/session/session-event.ts';
import type {
  AttemptOutcome,
  HandoffStore,
  NewAttempt,
  NewDelivery,
  NewEvent,
} from '../../../src/handoff/store/handoff-store.ts';
import type { SessionChange } from '../../../src/handoff/store/session-book.ts';

/** What people wrote, on either side. */
export interface StoryTexts {
  readonly contact: string;
  readonly address: string;
  readonly subject: string;
  readonly message: string;
  readonly agent: string;
  readonly answer: string;
  readonly failure: string;
}

export const plainTexts: StoryTexts = {
  contact: 'Jane Doe',
  address: 'jane@customer.example',
  subject: 'My order has not arrived',
  message: 'Two weeks ago I ordered a lamp. Where is it?',
  agent: 'Rita Rep',
  answer: 'Hello Jane, it will be there tomorrow.',
  failure: 'Salesforce answered 503 SERVER_UNAVAILABLE',
};

export interface StoryWish {
  readonly id: string;
  /** When the handoff came, in milliseconds since 1970. */
  readonly at: number;
  readonly caseId: string;
  readonly caseNumber: string;
  /** Instance URL of the org. */
  readonly org: string;
  readonly texts?: StoryTexts;
}

/**
 * Writes into a store what an email session leaves there when a Case holds it: the handoff, which gets through at the second
 * attempt, a message by OpenCX, and what is told of it. The webhooks of its Case are not among it.
 */
export async function writeSessionStory(store: HandoffStore, wish: StoryWish): Promise<Session> {
  const { id, at, caseId, caseNumber, org, texts = plainTexts } = wish;
  const { contact: name, address: email, subject } = texts;
  const toCase: NewDelivery = { kind: 'case', target: `${org}/` };
  const begun: Session = {
    id,
    channel: 'email',
    origin: 'handoff',
    state: 'handing-off',
    contact: { id: 'contact-17', name, email },
    subject,
    language: 'en',
    createdAt: at,
    updatedAt: at,
  };
  const held: Session = { ...begun, caseId, caseNumber, contactId: '003000000000001AAA', state: 'open' };
  const paused: Session = { ...held, state: 'handedOff' };

  const told = (session: Session, ms: number, event: Omit<SessionEvent, 'sessionId' | 'channel' | 'state' | 'at'>) =>
    toldEvent(session, at + ms, event);
  const input = (eventName: 'handoff' | 'message', ms: number, body: object): NewEvent => ({
    receivedAt: at + ms,
    name: eventName,
    deliveryId: `${id}-${eventName}-${ms}`,
    orderKey: orderKeyOf(id),
    headers: [
      ['content-type', 'application/json'],
      ['idempotency-key', `${eventName}-${ms}`],
    ],
    body: Buffer.from(JSON.stringify(body)),
  });
  const carry = (ms: number, attempt: Partial<NewAttempt>, outcome: AttemptOutcome, change?: SessionChange) =>
    carryOne(store, toCase, { startedAt: at + ms, endedAt: at + ms + 180, ...attempt }, outcome, change);

  const handoff = { sessionId: id, channel: 'email', contact: { name, email }, subject, summary: texts.message };
  await store.accept(
    input('handoff', 0, handoff),
    [toCase],
    becomes(begun, [told(begun, 1, { event: 'session.started' })]),
  );
  await carry(20, { failure: texts.failure }, { state: 'pending', nextAttemptAt: at + 5_000, counted: true });
  await carry(
    5_000,
    {
      response: {
        status: 201,
        headers: [['content-type', 'application/json']],
        body: Buffer.from(`{"id":"${caseId}"}`),
      },
    },
    { state: 'delivered' },
    becomes(held, [told(held, 5_180, { event: 'session.handoff_completed' })]),
  );
  await store.accept(input('message', 60_000, { id: 'm-1', role: 'contact', text: texts.message, name }), [toCase]);
  await carry(
    60_050,
    { response: { status: 201, headers: [], body: Buffer.from('{"id":"02s000000000009AAA"}') } },
    { state: 'delivered' },
    becomes(held, [
      told(held, 60_230, { event: 'message.delivered', message: { id: 'm-1', text: texts.message, from: { name } } }),
    ]),
  );
  await store.changeSession(
    becomes(paused, [
      told(paused, 90_000, { event: 'session.handed_off', reason: texts.agent }),
      told(paused, 90_001, { event: 'agent.joined', agent: { name: texts.agent } }),
      told(paused, 120_000, {
        event: 'message.agent',
        message: { id: '02s00000000000AAAA', text: texts.answer, from: { name: texts.agent } },
      }),
    ]),
  );
  return paused;
}

/** A session that Salesforce did not take. */
export function failedSession(id: string, at: number, texts: StoryTexts = plainTexts): SessionChange {
  const failed: Session = {
    id,
    channel: 'web',
    origin: 'handoff',
    state: 'failed',
    contact: { name: texts.contact },
    subject: texts.subject,
    conversationId: id,
    createdAt: at,
    updatedAt: at + 60_000,
  };
  return becomes(failed, [toldEvent(failed, at + 60_000, { event: 'session.handoff_failed', reason: texts.failure })]);
}

function becomes(session: Session, events: readonly NewEvent[]): SessionChange {
  const last = Math.max(session.updatedAt, ...events.map(({ receivedAt }) => receivedAt));
  return {
    sessionId: session.id,
    decide: () => ({
      session: { ...session, updatedAt: last },
      events: events.map((event) => ({ event, deliveries: [] })),
    }),
  };
}

function toldEvent(
  session: Session,
  at: number,
  event: Omit<SessionEvent, 'sessionId' | 'channel' | 'state' | 'at'>,
): NewEvent {
  const { id, channel, state, caseId } = session;
  const body = {
    sessionId: id,
    channel,
    state,
    at: new Date(at).toISOString(),
    ...(caseId === undefined ? {} : { caseId }),
    ...event,
  } satisfies SessionEvent;
  return {
    receivedAt: at,
    name: event.event,
    deliveryId: `${id}-${event.event}-${at}`,
    orderKey: orderKeyOf(id),
    headers: [],
    body: Buffer.from(JSON.stringify(body)),
  };
}

/** Makes one attempt at what is due for a target, as a carrier would. */
async function carryOne(
  store: HandoffStore,
  { kind, target }: NewDelivery,
  attempt: Pick<NewAttempt, 'startedAt' | 'endedAt'> & Partial<NewAttempt>,
  outcome: AttemptOutcome,
  change: SessionChange | undefined,
): Promise<void> {
  const [delivery] = await store.claim('story', attempt.startedAt, 60_000, 1, { kinds: [kind], only: target });
  if (delivery === undefined) throw new Error(`nothing is due for ${target}`);
  const request = { method: 'POST', url: `${target}services/data/v66.0/sobjects/Case`, headers: [] };
  await store.finish(delivery.id, 'story', { request, ...attempt }, outcome, change);
}
