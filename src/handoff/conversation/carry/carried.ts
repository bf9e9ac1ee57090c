import type { Clock } from '../../../clock.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';
import { askedWaitMs, httpStatusOf } from '../../../messaging/api/api-error.ts';
import type { Carried } from '../../delivery/carrier.ts';
import { brokenBy } from '../../delivery/reachability.ts';
import type { NewAttempt } from '../../store/handoff-store.ts';

export interface Attempted {
  readonly startedAt: number;
  readonly request: NewAttempt['request'];
}

type Shown = Pick<Carried, 'attempt' | 'farSide'>;

/** An attempt that arrived. @param body as it is shown to people */
export function arrived(attempted: Attempted, status: number, body: object, clock: Clock): Shown {
  return answered(attempted, status, undefined, body, clock);
}

/**
 * An attempt that failed, as the worker judges it.
 * 429 is told as 503: it is the org's limit for all, so that all wait as long as it asks and no attempt is used up. A page in the
 * place of the API, and 500, tell nothing of the delivery unless others get through: 502. What no repetition mends is refused.
 * @throws what the store throws
 */
export function failed(attempted: Attempted, error: unknown, signal: AbortSignal, clock: Clock): Shown {
  if (signal.aborted) return silent(attempted, messageOf(signal.reason), 'silent', clock);
  // A mistake of ours: the session is told of it all the same, once no attempt is left.
  if (!(error instanceof OpencxError)) return silent(attempted, messageOf(error), 'silent', clock);
  if (error.category === 'store') throw error;
  // It was left for another process while this one wrote in it.
  if (error.code === 'INTERRUPTED') return silent(attempted, error.message, 'silent', clock);
  if (error.code === 'NETWORK') return silent(attempted, error.message, brokenBy(error), clock);
  if (neverSent.has(error.code)) return silent(attempted, error.message, 'refused', clock);
  const salesforceStatus = httpStatusOf(error);
  const body = {
    error: error.code,
    message: error.message,
    ...(salesforceStatus === undefined ? {} : { salesforceStatus }),
  };
  return answered(attempted, statusOf(error, salesforceStatus), askedWaitMs(error), body, clock);
}

/** An attempt that is not made, as it can never arrive. */
export function refused(attempted: Attempted, reason: string, clock: Clock): Shown {
  return silent(attempted, reason, 'refused', clock);
}

const neverSent = new Set<OpencxError['code']>(['USAGE', 'KEYS_UNFIT', 'MESSAGING_CLOSED']);

function statusOf({ code }: OpencxError, status: number | undefined): number {
  if (code === 'ORG_UNEXPECTED_ANSWER' || status === 500) return 502;
  if (status === 429) return 503;
  // Answered as if all were well, but with an anonymous subject.
  if (code === 'MESSAGING_NOT_VERIFIED') return 401;
  return status === undefined || status < 400 ? 502 : status;
}

function answered(
  { startedAt, request }: Attempted,
  status: number,
  retryAfterMs: number | undefined,
  body: object,
  clock: Clock,
): Shown {
  const headers: [string, string][] = [['content-type', 'application/json']];
  if (retryAfterMs !== undefined) headers.push(['retry-after', String(Math.ceil(retryAfterMs / 1000))]);
  const response = { status, headers, body: Buffer.from(JSON.stringify(body)) };
  return { attempt: { startedAt, endedAt: clock.now(), request, response }, farSide: 'answered' };
}

function silent(
  { startedAt, request }: Attempted,
  failure: string,
  farSide: Exclude<Carried['farSide'], 'answered'>,
  clock: Clock,
): Shown {
  return { attempt: { startedAt, endedAt: clock.now(), request, failure }, farSide };
}

function messageOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}
