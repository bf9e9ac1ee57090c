import type { IncomingMessage } from 'node:http';

import { isSecretField } from '../export/masked.ts';
import { headersOf } from '../http/webhook-intake.ts';
import type { HandoffStore, NewDelivery, NewEvent, RawHeaders, StoredEvent } from '../store/handoff-store.ts';
import type { SessionChannel } from '../session/session.ts';
import type { SessionChange } from '../store/session-book.ts';
import type { ApiPorts } from './api-ports.ts';
import { saysTheSame } from './idempotency.ts';
import { ApiProblem } from './problem.ts';

const retryAfter = { headers: { 'retry-after': '10' } };

/** Header fields that are kept with an event: all but those that let somebody in. */
export function keptHeaders(incoming: IncomingMessage): RawHeaders {
  return headersOf(incoming).filter(([name]) => !isSecretField(name));
}

/** @throws ApiProblem 403 */
export function refuseIfReadOnly({ isReadOnly }: ApiPorts): void {
  if (isReadOnly) {
    throw new ApiProblem(
      'read-only',
      'serve was started with --read-only or --record: it takes nothing that changes Salesforce.',
    );
  }
}

/** What carries a channel to Salesforce. @throws ApiProblem 503 */
export function routeOf({ route }: ApiPorts, channel: SessionChannel): NewDelivery {
  const delivery = route(channel);
  if (delivery !== undefined) return delivery;
  const isEmailAlone = route('email') !== undefined;
  const why = isEmailAlone
    ? 'Live Messaging of this org was not set up where serve was started: opencx-sf messaging register.'
    : 'serve is connected to no org, or only forwards webhooks: start it with --target-org, and without --no-sessions.';
  throw new ApiProblem('not-connected', why, retryAfter);
}

/** Reads from the store. @throws ApiProblem 503 */
export async function readStore<T>({ store, health }: ApiPorts, read: (store: HandoffStore) => Promise<T>): Promise<T> {
  // An answer around it, since what was found may be nothing.
  const found = await health.tried('read', async () => [await read(store)] as const);
  if (found === undefined) throw new ApiProblem('store-failing', 'The store cannot be read.', retryAfter);
  return found[0];
}

/**
 * Puts an event into the store, with the change of its session.
 * @param change its `decide` may throw an ApiProblem: then nothing is written
 * @param value the body as it was read
 * @throws ApiProblem what `decide` threw · 422 if the same was taken with another body · 503
 */
export async function takeInput(
  { store, health }: ApiPorts,
  event: NewEvent,
  delivery: NewDelivery,
  change: SessionChange,
  value: unknown,
): Promise<{ readonly event: StoredEvent; readonly duplicate: boolean }> {
  const taken = await health.tried('accept', async () => {
    try {
      return await store.accept(event, [delivery], change);
    } catch (error) {
      // The store is well: the session is not such that it can be done.
      if (error instanceof ApiProblem) return error;
      throw error;
    }
  });
  if (taken === undefined) throw new ApiProblem('store-failing', 'The request could not be stored.', retryAfter);
  if (taken instanceof ApiProblem) throw taken;
  if (taken.duplicate && !(taken.event.name === event.name && saysTheSame(taken.event.body, value))) {
    throw new ApiProblem('key-reused', 'It was taken before with another body, and is not taken again.');
  }
  return taken;
}
