import { OpencxError } from '../../errors/opencx-error.ts';
import { orgFailure } from '../../salesforce/org-errors.ts';
import type { Org } from '../../salesforce/org.ts';
import { isTransient } from '../../salesforce/retry.ts';
import { isGone } from './is-gone.ts';
import { listLogs, logsPerLook, readLogs, type LogWish, type ReadLog } from './read-logs.ts';
import { orgTime } from './trace-flag-rows.ts';
import type { Trace, TraceHold } from './trace-flag.ts';

/** What is seen while logs are followed. */
export type FollowEvent =
  /** At the beginning, and whenever another flag has taken over. */
  | { kind: 'trace'; trace: Trace }
  | { kind: 'log'; log: ReadLog }
  /** There were more logs than one look reads; the oldest were left out. */
  | { kind: 'too-many' }
  /** The org could not be asked; `attempt` of `budget` failures in a row. */
  | { kind: 'trouble'; message: string; attempt: number; budget: number };

export interface FollowOptions {
  /** Milliseconds since 1970 by the org's clock: logs that began at this moment or later. */
  since: number;
  /** Keeps the user traced meanwhile; undefined: no flag is touched. Who opened it releases it. */
  hold: TraceHold | undefined;
  /** Ends it, at once and without an error. */
  signal: AbortSignal;
}

const lookEveryMs = 3000;
/** How often the flag is looked at: somebody may delete it, and Salesforce switches flags off that write too much. */
const keepEveryMs = 60_000;
/** Short, so that a run which is killed leaves no flag for long. */
export const traceWindowMs = 30 * 60_000;
const renewBelowMs = 15 * 60_000;
/** A log appears when its transaction is over, which takes at most ten minutes, under the time when it began. */
const longestTransactionMs = 15 * 60_000;
const errorBudget = 10;

/**
 * Gives logs as they appear, oldest first, until the signal. Broken connections and an org that is busy are sat out.
 * @throws OpencxError where asking again cannot help, or has not helped ten times in a row
 */
export async function* followLogs(
  org: Org,
  wish: LogWish,
  { since, hold, signal }: FollowOptions,
): AsyncGenerator<FollowEvent, void> {
  const { clock } = org;
  const seen = new Set<string>();
  let from = since;
  let nextKeep = Number.NEGATIVE_INFINITY;
  let tracedBy: string | undefined;
  let failures = 0;
  while (!signal.aborted) {
    try {
      if (hold !== undefined && clock.now() >= nextKeep) {
        const trace = await hold.keep(renewBelowMs, traceWindowMs);
        nextKeep = clock.now() + keepEveryMs;
        if (tracedBy !== trace.flag.id) yield { kind: 'trace', trace };
        tracedBy = trace.flag.id;
      }
      const lookedAt = orgTime(org);
      const rows = (await unlessAborted(listLogs(org, wish.userId, from), signal)) ?? [];
      const fresh = rows.filter(({ id }) => !seen.has(id));
      if (fresh.length === logsPerLook) yield { kind: 'too-many' };
      const logs = readLogs(org, fresh, wish, signal);
      for (;;) {
        const step = await unlessAborted(logs.next(), signal);
        if (step === undefined || step.done === true) break;
        seen.add(step.value.id);
        yield { kind: 'log', log: step.value };
      }
      failures = 0;
      from = Math.max(since, lookedAt - longestTransactionMs);
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      if (failures >= errorBudget || !mayPass(error)) throw error;
      const message = error instanceof Error ? error.message : String(error);
      yield { kind: 'trouble', message, attempt: failures, budget: errorBudget };
    }
    await unlessAborted(clock.sleep(lookEveryMs * Math.max(1, failures), signal), signal);
  }
}

function mayPass(error: unknown): boolean {
  if (!(error instanceof OpencxError)) return false;
  // A flag that was deleted between reading and extending it is replaced at the next look.
  return error.code === 'NETWORK' || isGone(error) || isTransient(orgFailure(error.cause));
}

/** What work gives, or undefined as soon as the signal comes: a request may take minutes to give up by itself. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  let stop = (): void => undefined;
  const aborted = new Promise<undefined>((resolve) => {
    stop = () => resolve(undefined);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
