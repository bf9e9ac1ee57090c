import { ZodError } from 'zod';

import { OpencxError } from '../../errors/opencx-error.ts';
import type { Carried } from '../delivery/carrier.ts';
import { brokenBy } from '../delivery/reachability.ts';
import type { NewAttempt } from '../store/handoff-store.ts';
import { Unfit } from './unfit.ts';

/** One attempt, as far as it came. */
export type Tried = Omit<NewAttempt, 'response' | 'failure'>;

/**
 * Statuses of refusals by Salesforce's code (REST API guide, "Status Codes and Error Responses"); the client keeps the codes alone.
 * All others are 400.
 */
const statuses: ReadonlyMap<string, number> = new Map([
  ['NOT_FOUND', 404],
  ['ENTITY_IS_DELETED', 404],
  ['REQUEST_ENTITY_TOO_LARGE', 413],
  // Of Salesforce's 500 nobody knows whether the delivery is the cause: it is, once others get through.
  ['UNKNOWN_EXCEPTION', 502],
  ['ERROR_HTTP_500', 502],
  ['SERVER_UNAVAILABLE', 503],
  ['ERROR_HTTP_420', 503],
  ['ERROR_HTTP_429', 503],
]);

const ofTheOrg: ReadonlySet<string> = new Set(['network', 'auth', 'org']);

/**
 * What an attempt came to that failed. As long as the org as a whole takes nothing, events wait for it: down, out of requests for
 * today, or no longer logged in. What it refuses is told in its own words, and counts.
 * @throws what the store throws
 */
export function failedCarry(error: unknown, tried: Tried, signal: AbortSignal): Carried {
  const without = (farSide: Carried['farSide'], failure: string): Carried => ({
    attempt: { ...tried, failure },
    farSide,
  });
  if (signal.aborted && error === signal.reason) return without('silent', textOf(error));
  if (error instanceof Unfit) return without('refused', error.message);
  // Edited by hand: nothing of it is told, as it may be anything.
  if (error instanceof ZodError || error instanceof SyntaxError) {
    return without('refused', 'the body of the event does not fit the schema of /openapi.json');
  }
  if (error instanceof OpencxError && error.category === 'store') throw error;
  // A bug: the session is told of it all the same, once no attempt is left.
  if (!(error instanceof OpencxError) || !ofTheOrg.has(error.category)) return without('silent', textOf(error));
  const told = error.details?.['salesforceErrorCode'];
  const code = typeof told === 'string' ? told : error.code;
  if (error.code === 'NETWORK') return without(brokenBy(error.cause ?? error), error.message);
  if (error.category === 'auth' && error.code !== 'PERMISSION_DENIED') {
    return without('unreachable', `logged out of Salesforce: ${error.message}`);
  }
  if (code === 'REQUEST_LIMIT_EXCEEDED') return without('unreachable', error.message);
  const body = new TextEncoder().encode(JSON.stringify({ errorCode: code, message: error.message }));
  return { attempt: { ...tried, response: { status: statusOf(error, code), headers: [], body } }, farSide: 'answered' };
}

function statusOf({ code }: OpencxError, salesforceCode: string): number {
  // A page in the place of the API: maintenance, or a network that wants a login.
  if (code === 'ORG_UNEXPECTED_ANSWER') return 502;
  const known = statuses.get(salesforceCode);
  if (known !== undefined) return known;
  const http = /^ERROR_HTTP_(\d{3})$/.exec(salesforceCode)?.[1];
  if (http !== undefined) return Number(http);
  return code === 'PERMISSION_DENIED' ? 403 : 400;
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
