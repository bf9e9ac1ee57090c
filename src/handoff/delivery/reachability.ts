import { orgFailure } from '../../salesforce/org-errors.ts';
import type { Carried } from './carrier.ts';
import type { Shown, Sign } from './far-sides.ts';
import { askedWaitMs } from './retry-after.ts';

/** No connection came about: the far side, or the way there, is away. UND_ERR_ABORTED is a proxy that could not reach it. */
const unreachable = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_ABORTED',
]);

/** The connection broke before an answer. */
const dropped = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/** Service Unavailable is what a far side says of itself; Bad Gateway and Gateway Timeout are said by a proxy before it. */
const downStatuses: ReadonlyMap<number, Sign> = new Map([
  [502, 'broken'],
  [503, 'busy'],
  [504, 'broken'],
]);

/** How a request ended that got no answer, by its error. Certificates and time-outs of an answer are neither of these. */
export function brokenBy(error: unknown): 'unreachable' | 'dropped' | 'silent' {
  const { code } = orgFailure(error);
  if (unreachable.has(code)) return 'unreachable';
  return dropped.has(code) ? 'dropped' : 'silent';
}

/** What an attempt shows of the far side. */
export function shownBy({ attempt, farSide }: Carried): Shown {
  const { response, startedAt, endedAt: at, failure } = attempt;
  const askedMs = response === undefined ? undefined : askedWaitMs(response.headers, at);
  const reason = response === undefined ? (failure ?? 'no response') : `answered ${response.status}`;
  return { sign: signOf(farSide, response?.status), startedAt, at, reason, askedMs };
}

function signOf(farSide: Carried['farSide'], status: number | undefined): Sign {
  if (status !== undefined) return downStatuses.get(status) ?? 'up';
  if (farSide === 'unreachable') return 'unreachable';
  return farSide === 'dropped' ? 'broken' : 'unclear';
}
