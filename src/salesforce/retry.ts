import type { Clock } from '../clock.ts';
import { orgFailure, type OrgFailure } from './org-errors.ts';

/**
 * Failures after which the same question may be asked again: the network's, the gateway's, and the odd answers that
 * Salesforce gives under load. Each of them ended somebody's deployment tool while the deployment itself went well.
 */
const transientCodes = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'ENOTFOUND',
  'ENETUNREACH',
  'ENETDOWN',
  'EHOSTUNREACH',
  'ENOMEM',
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ERROR_HTTP_420',
  'ERROR_HTTP_429',
  'ERROR_HTTP_500',
  'ERROR_HTTP_502',
  'ERROR_HTTP_503',
  'ERROR_HTTP_504',
  'SERVER_UNAVAILABLE',
  'UNABLE_TO_LOCK_ROW',
  'INVALID_QUERY_LOCATOR',
  'QUERY_TIMEOUT',
]);
const transientTexts =
  /unexpected internal servlet state|bad message|socket hang up|connection timeout|tls connection was established|disconnected before secure/i;

/** Whether asking again may help. A refusal (bad session, no permission, not found) is never transient. */
export function isTransient(failure: OrgFailure): boolean {
  return failure.html || transientCodes.has(failure.code) || transientTexts.test(failure.message);
}

/**
 * Runs a read again after transient failures: at most `attempts` in all, waiting 250 ms, 500 ms, … with jitter.
 * Only for requests that change nothing.
 * @throws the last failure
 */
export async function retryRead<T>(
  clock: Clock,
  read: () => Promise<T>,
  signal?: AbortSignal,
  attempts = 4,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await read();
    } catch (error) {
      if (attempt >= attempts || signal?.aborted === true || !isTransient(orgFailure(error))) throw error;
      await clock.sleep(250 * 2 ** (attempt - 1) * (0.5 + clock.random()), signal);
    }
  }
}
