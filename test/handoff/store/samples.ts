import type { Session } from '../../../src/handoff/session/session.ts';
import type {
  HandoffStore,
  NewAttempt,
  NewDelivery,
  NewEvent,
  Rejection,
} from '../../../src/handoff/store/handoff-store.ts';
import type { SessionChange } from '../../../src/handoff/store/session-book.ts';

export const farSide = 'http://far-side.example/webhooks';
export const toFarSide: readonly NewDelivery[] = [{ kind: 'forward', target: farSide }];

let made = 0;

/** An event that no other one is a duplicate of; what is not asked for is the same for all. */
export function newEvent(wanted: Partial<NewEvent> = {}): NewEvent {
  made += 1;
  return {
    receivedAt: 1_000,
    name: 'customerEmail',
    deliveryId: `delivery-${made}`,
    orderKey: '500000000000001AAA',
    headers: [
      ['Content-Type', 'application/json'],
      ['X-Twice', 'one'],
      ['x-twice', 'two'],
    ],
    body: Buffer.from(`{"number":${made}}`),
    ...wanted,
  };
}

export function newAttempt(wanted: Partial<NewAttempt> = {}): NewAttempt {
  return {
    startedAt: 2_000,
    endedAt: 2_050,
    request: { method: 'POST', url: farSide, headers: [['Accept', '*/*']] },
    response: { status: 200, headers: [['Server', 'far']], body: Buffer.from('ok') },
    ...wanted,
  };
}

export function newRejection(wanted: Partial<Rejection> = {}): Rejection {
  return {
    receivedAt: 1_000,
    status: 400,
    reason: 'delivery_id is missing',
    headers: [['Host', 'localhost']],
    body: Buffer.from('{}'),
    ...wanted,
  };
}

export function sessionId(number: number): string {
  return `5e5510a0-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** A session that Salesforce does not have yet. */
export function newSession(number: number, wanted: Partial<Session> = {}): Session {
  return {
    id: sessionId(number),
    channel: 'email',
    origin: 'handoff',
    state: 'handing-off',
    contact: {},
    createdAt: 1_000,
    updatedAt: 1_000,
    ...wanted,
  };
}

/** Has a session be so, whatever it was, and tells of it. */
export function becomes(
  session: Session,
  told: readonly NewEvent[] = [],
  deliveries: readonly NewDelivery[] = [],
): SessionChange {
  return {
    sessionId: session.id,
    decide: () => ({ session, events: told.map((event) => ({ event, deliveries })) }),
  };
}

/** Has an event carried at once, as a worker would. */
export async function deliverAll(store: HandoffStore, now = 10_000): Promise<number> {
  let delivered = 0;
  for (;;) {
    const claimed = await store.claim('worker', now, 1_000, 100);
    if (claimed.length === 0) return delivered;
    for (const { id } of claimed) await store.finish(id, 'worker', newAttempt(), { state: 'delivered' });
    delivered += claimed.length;
  }
}
