import { sleepUnlessAborted, type Clock } from '../../clock.ts';
import { openExactClient, type ExactAnswer, type ExactClient } from '../../salesforce/exact-client.ts';
import { orgFailure } from '../../salesforce/org-errors.ts';
import { guardedResolve, guardUrl, TargetRefused } from '../security/target-guard.ts';
import type { Carrier } from './carrier.ts';
import { forwardHeaders } from './forward-headers.ts';
import { forwardKinds } from './forward-routes.ts';
import { brokenBy } from './reachability.ts';

/** What of a response is kept. */
const keptBytes = 64 * 1024;

/**
 * Posts events to their targets.
 * @param isNamed whether a person named the target of such a delivery: there private addresses are allowed, as for all that were named
 *   for one delivery
 * @param timeoutMs for a whole response
 */
export function openForwarder(
  clock: Clock,
  isNamed: (kind: string, target: URL) => boolean,
  timeoutMs: number,
): Carrier {
  // By whether the host is named, too: a connection that was allowed for one must not carry what is not.
  const clients = new Map<string, Promise<ExactClient>>();

  function clientFor(url: URL, named: boolean): Promise<ExactClient> {
    const key = `${String(named)} ${url.origin}`;
    const opened = clients.get(key) ?? openExactClient(new URL(url.origin), guardedResolve(named));
    clients.set(key, opened);
    return opened;
  }

  return {
    kinds: forwardKinds,
    carry: async (event, delivery, signal) => {
      const startedAt = clock.now();
      const request = { method: 'POST', url: delivery.target, headers: forwardHeaders(event, delivery.attempts + 1) };
      const deadline = startDeadline(clock, timeoutMs, signal);
      try {
        const url = new URL(delivery.target);
        const named = delivery.kind === 'forward-once' || isNamed(delivery.kind, url);
        guardUrl(url, named);
        const client = await clientFor(url, named);
        const { method, headers } = request;
        const answer = await client.send(url, { method, headers, body: event.body, signal: deadline.signal });
        const response = { status: answer.status, headers: answer.headers, body: await beginningOf(answer) };
        return { attempt: { startedAt, endedAt: clock.now(), request, response }, farSide: 'answered' };
      } catch (error) {
        const attempt = { startedAt, endedAt: clock.now(), request, failure: failureText(error, deadline.signal) };
        return {
          attempt,
          farSide: deadline.signal.aborted ? 'silent' : isRefusal(error) ? 'refused' : brokenBy(error),
        };
      } finally {
        deadline.end();
      }
    },
    close: async () => {
      for (const client of clients.values()) await (await client).close();
      clients.clear();
    },
  };
}

/** The status decides: a body that breaks off, or is still going on when time is up, is kept as far as it came. */
async function beginningOf(answer: ExactAnswer): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of answer.body) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= keptBytes) break;
    }
  } catch {
    // Whatever broke it off: the far side has said how it went.
  }
  return Buffer.concat(chunks).subarray(0, keptBytes);
}

interface Deadline {
  readonly signal: AbortSignal;
  end(): void;
}

function startDeadline(clock: Clock, ms: number, outer: AbortSignal): Deadline {
  const ended = new AbortController();
  const late = new AbortController();
  void sleepUnlessAborted(clock, ms, ended.signal).finally(() => {
    late.abort(new Error(`no response for ${ms / 1000} s`));
  });
  return {
    signal: AbortSignal.any([outer, late.signal]),
    end: () => {
      ended.abort();
    },
  };
}

function isRefusal(error: unknown): boolean {
  return error instanceof TargetRefused || (error instanceof Error && isRefusal(error.cause));
}

function failureText(error: unknown, signal: AbortSignal): string {
  if (signal.aborted && signal.reason instanceof Error) return signal.reason.message;
  if (error instanceof TargetRefused) return `not sent: the target ${error.message}`;
  const { code, message } = orgFailure(error);
  return message.includes(code) || code === 'UNKNOWN' ? message : `${code}: ${message}`;
}
