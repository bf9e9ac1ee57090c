import type { Happening } from '../../../src/handoff/session/happening.ts';
import { changeBy } from '../../../src/handoff/session/session-change.ts';
import type { SessionEvent, SessionEventName } from '../../../src/handoff/session/session-event.ts';
import type { Session, WorkedInEntry } from '../../../src/handoff/session/session.ts';

export const sessionId = 'c0ffee00-0000-4000-8000-000000000001';

/** One thing that happens, as it is reported: again and again under the same cause. */
export interface Report {
  readonly happening: Happening;
  readonly cause: string;
  readonly entry?: WorkedInEntry;
}

/** One session and what is told of it. */
export interface Book {
  session(): Session | undefined;
  readonly told: readonly SessionEvent[];
  /** Works a report in, as a store does in one commit: what was told under its id before is left out. */
  report(report: Report): void;
  names(): SessionEventName[];
}

export function newBook(): Book {
  let session: Session | undefined;
  let now = Date.UTC(2026, 10, 29);
  const taken = new Set<string>();
  const told: SessionEvent[] = [];
  return {
    session: () => session,
    told,
    names: () => told.map(({ event }) => event),
    report: ({ happening, cause, entry }) => {
      now += 1000;
      const change = changeBy(sessionId, happening, { at: now, cause, entry, callbackUrl: undefined });
      const before = deepFrozen(session);
      const outcome = change.decide(before, 'evt_1');
      // It may be asked again in the same transaction, and has to say the same.
      if (JSON.stringify(change.decide(before, 'evt_1')) !== JSON.stringify(outcome)) throw new Error('not pure');
      session = outcome.session ?? session;
      for (const { event } of outcome.events) {
        if (taken.has(event.deliveryId)) continue;
        taken.add(event.deliveryId);
        told.push(JSON.parse(Buffer.from(event.body).toString()) as SessionEvent);
      }
    },
  };
}

function deepFrozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value);
    Object.values(value).forEach(deepFrozen);
  }
  return value;
}

export const message = { id: '02s000000000001AAA', text: 'Hello' };

export const accepted = {
  type: 'handoff-accepted',
  channel: 'web',
  contact: { id: 'contact-1', name: 'Jane Doe', email: 'jane@customer.example' },
  subject: 'My order',
} as const satisfies Happening;
