import { randomUUID } from 'node:crypto';

import { expect } from 'vitest';

import { systemClock, type Clock } from '../../../src/clock.ts';
import { blueprintSettingsSchema } from '../../../src/config/blueprint-settings.ts';
import { handoffInput, type HandoffInput } from '../../../src/handoff/api/schema/handoff-input.ts';
import type { MessageInput } from '../../../src/handoff/api/schema/message-input.ts';
import { caseCarrier, caseKind } from '../../../src/handoff/case/case-carrier.ts';
import { caseSettingsOf } from '../../../src/handoff/case/case-settings.ts';
import type { Judged } from '../../../src/handoff/delivery/attempt-outcome.ts';
import type { Carried, Carrier } from '../../../src/handoff/delivery/carrier.ts';
import { replayEvent } from '../../../src/handoff/replay/replay-event.ts';
import { changeBy } from '../../../src/handoff/session/session-change.ts';
import { orderKeyOf } from '../../../src/handoff/session/session.ts';
import type { HandoffStore, StoredEvent } from '../../../src/handoff/store/handoff-store.ts';
import { openOrg } from '../../../src/salesforce/org.ts';
import { timedOrg, type TimedOrg } from '../../e2e/story/timed-org.ts';
import { wireTap, type WireTap } from '../../e2e/wire-tap.ts';
import { newFile, opened } from '../store/sqlite/new-file.ts';

type Row = Record<string, unknown>;
type MailHandoff = Extract<HandoffInput, { channel: 'email' }>;

/** An org that has been connected, and the store of a `serve` that brings Cases to it. */
export interface CaseDesk {
  readonly org: TimedOrg;
  /** What goes over the wire as the integration user. */
  readonly tap: WireTap;
  readonly store: HandoffStore;
  /** Of the integration user. */
  readonly token: string;
  /** Of whatever carries. */
  readonly clock: Clock;
  /** Lets so much time pass for whatever carries, and for nobody else. */
  pass(milliseconds: number): void;
  /** What a process carries with that has just started: it knows nothing of attempts before. */
  carrier(): Carrier;
  /** A handoff, as it was taken; of a session of its own, if nothing else is said. */
  handoff(wanted?: Partial<MailHandoff>): Promise<StoredEvent>;
  message(sessionId: string, wanted: Partial<MessageInput>): Promise<StoredEvent>;
  /** The same event again, as a person has it replayed. */
  replay(event: StoredEvent): Promise<StoredEvent>;
  /** One attempt, written down. */
  attempt(event: StoredEvent, signal?: AbortSignal): Promise<Carried>;
  /** An attempt that fails, written down as the last one. */
  givesUp(event: StoredEvent): Promise<void>;
  /** An attempt that arrives, and what its answer says. */
  arrives(event: StoredEvent): Promise<Row>;
  query(soql: string): Promise<Row[]>;
}

export const contact = { name: 'Ada Lovelace', email: 'ada@example.com' };

/** Readings that failed are repeated at once. */
const impatient: Clock = { ...systemClock, sleep: async () => {} };

/** Longer than any test: what is claimed stays so. */
const leaseMs = 10 ** 9;

export async function caseDesk(connect: Parameters<typeof timedOrg>[0] = {}): Promise<CaseDesk> {
  const org = await timedOrg(connect);
  const tap = await wireTap(org.url);
  const store = opened(await newFile());
  const users = { replyTo: 'support@example.com', integrationUsername: 'opencx@example.com' };
  const settings = caseSettingsOf(blueprintSettingsSchema.parse({ ...users, ...connect.settings }), 'Email');
  const { accessToken: token } = await org.control<{ accessToken: string }>('POST', 'sessions', {
    username: users.integrationUsername,
  });
  const opencx = await openOrg(
    { instanceUrl: tap.url, accessToken: token, source: 'access-token' },
    { clock: impatient, preferredApiVersion: '66.0' },
  );
  const route = [{ kind: caseKind, target: `${tap.url}/` }];
  let ahead = 0;
  const clock: Clock = { ...systemClock, now: () => systemClock.now() + ahead };
  const carrier = () => {
    const ports = { org: () => opencx, store, clock, settings, callbackUrl: undefined };
    return caseCarrier({ ...ports, owner: randomUUID() });
  };

  const attempt = async (
    event: StoredEvent,
    signal = new AbortController().signal,
    judge = judgedOf,
  ): Promise<Carried> => {
    await store.claim('test', Date.now(), leaseMs, 100);
    const [delivery] = await store.deliveries([event.id]);
    if (delivery === undefined) throw new Error('the event has no delivery');
    const carried = await carrier().carry(event, delivery, signal);
    const judged = judge(carried);
    const outcome = judged.state === 'dead' ? ({ state: 'dead' } as const) : judged;
    expect(await store.finish(delivery.id, 'test', carried.attempt, outcome, carried.change?.(judged))).toBe(true);
    return carried;
  };

  return {
    org,
    tap,
    store,
    token,
    clock,
    pass: (milliseconds) => {
      ahead += milliseconds;
    },
    carrier,
    handoff: async (wanted = {}) => {
      const given = { sessionId: randomUUID(), channel: 'email', contact, ...wanted };
      const { channel, contact: who, subject } = handoffInput.parse(given);
      const accepted = { type: 'handoff-accepted', channel, contact: who, subject } as const;
      const change = changeBy(given.sessionId, accepted, { at: Date.now(), callbackUrl: undefined });
      return (await store.accept(newInput('handoff', given.sessionId, given), route, change)).event;
    },
    message: async (sessionId, wanted) => {
      const given = { role: 'ai', text: 'Hello', ...wanted };
      return (await store.accept(newInput('message', sessionId, given), route)).event;
    },
    replay: async (event) => {
      const again = replayEvent(event, [], randomUUID(), Date.now());
      return (await store.accept(again, route)).event;
    },
    attempt: (event, signal) => attempt(event, signal),
    givesUp: async (event) => {
      const carried = await attempt(event, undefined, () => ({ state: 'dead', reason: 'it was the last attempt' }));
      expect(carried.attempt.response?.status).not.toBe(200);
    },
    arrives: async (event) => {
      const { attempt: made } = await attempt(event);
      const answer = made.response === undefined ? made.failure : Buffer.from(made.response.body).toString();
      expect(made.response?.status, answer).toBe(200);
      return JSON.parse(answer ?? '') as Row;
    },
    query: (soql) => org.opencx.query(soql),
  };
}

/** As the worker judges, but for the waiting. */
function judgedOf({ attempt, farSide }: Carried): Judged {
  if (attempt.response?.status === 200) return { state: 'delivered' };
  if (farSide === 'refused') return { state: 'dead', reason: attempt.failure ?? '' };
  return { state: 'pending', nextAttemptAt: 0, counted: true };
}

function newInput(name: string, sessionId: string, body: object) {
  return {
    receivedAt: Date.now(),
    name,
    deliveryId: randomUUID(),
    orderKey: orderKeyOf(sessionId),
    headers: [],
    body: Buffer.from(JSON.stringify(body)),
  };
}

/** Comments of a Case, in the order of their first lines. */
export async function commentsOf(desk: CaseDesk, caseId: unknown): Promise<string[]> {
  const rows = await desk.query(`SELECT CommentBody FROM CaseComment WHERE ParentId = '${String(caseId)}'`);
  const numberOf = (text: string): number => Number(/^OpenCX transcript (\d+)\//.exec(text)?.[1] ?? 0);
  return rows.map((row) => String(row['CommentBody'])).sort((one, other) => numberOf(one) - numberOf(other));
}
