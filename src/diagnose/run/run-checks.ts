import { OpencxError } from '../../errors/opencx-error.ts';
import type { Check } from '../check.ts';
import type { CheckContext } from '../check-context.ts';
import { skip, type Finding } from '../finding.ts';
import { findingOf } from './finding-of.ts';
import { runOne } from './run-one.ts';

/** A check with what it found. */
export interface Result {
  check: Check;
  finding: Finding;
  durationMs: number;
}

export interface RunOptions {
  /** Longest time one check may take, in milliseconds. */
  timeoutMs?: number;
}

/** Long enough for a slow org, short enough for a person. */
const defaultTimeoutMs = 30_000;

/**
 * Runs checks side by side, each as soon as those it requires have ended, and yields results as they come. All readings are
 * begun at once, so that queries travel together.
 * @param checks with everything they require (`withRequired`)
 * @throws OpencxError INTERRUPTED if the context's signal aborts
 */
export async function* runChecks(
  checks: readonly Check[],
  context: CheckContext,
  { timeoutMs = defaultTimeoutMs }: RunOptions = {},
): AsyncGenerator<Result, void> {
  const applying = checks.filter((check) => check.appliesTo?.(context) === undefined);
  // What one of them meets it meets again, and tells it in its own finding.
  for (const reading of new Set(applying.flatMap(({ reads }) => reads))) context.read(reading).catch(() => undefined);

  const findings = new Map<Check['id'], Promise<Result>>();
  const running = new Map<Check['id'], Promise<Result>>();
  for (const check of checks) {
    const result = runWhenReady(check, findings, context, timeoutMs);
    findings.set(check.id, result);
    running.set(check.id, result);
  }
  const stopped = interruption(context.signal);
  try {
    while (running.size > 0) {
      const result = await Promise.race([stopped.promise, ...running.values()]);
      // A check that ended by the interruption has nothing to say.
      if (context.signal?.aborted === true) await stopped.promise;
      running.delete(result.check.id);
      yield result;
    }
  } finally {
    stopped.forget();
  }
}

/** Rejects when the signal aborts: a request that hangs must not keep a person waiting. */
function interruption(signal: AbortSignal | undefined): { promise: Promise<never>; forget: () => void } {
  let stop = (): void => undefined;
  const promise = new Promise<never>((_, failed) => {
    stop = () => {
      failed(new OpencxError('INTERRUPTED', { message: 'Stopped before all checks had ended.' }));
    };
    if (signal?.aborted === true) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
  // Whoever has left the race does not hear of it any more.
  promise.catch(() => undefined);
  return {
    promise,
    forget: () => {
      signal?.removeEventListener('abort', stop);
    },
  };
}

async function runWhenReady(
  check: Check,
  findings: ReadonlyMap<Check['id'], Promise<Result>>,
  context: CheckContext,
  timeoutMs: number,
): Promise<Result> {
  // A check stands behind those it requires; one that was left out on purpose is not waited for.
  const required = await Promise.all(check.requires.flatMap((id) => findings.get(id) ?? []));
  const cause = required.map(causeIn).find((id) => id !== undefined);
  const start = context.org.clock.now();
  const finding =
    cause === undefined
      ? await runOne(check, context, timeoutMs)
      : findingOf(check, skip(`Not looked at: ${cause} comes first.`, { data: { cause } }));
  return { check, finding, durationMs: context.org.clock.now() - start };
}

/** The check to look at first when this one does not hold. What was skipped for a cause hands that cause on. */
function causeIn({ check, finding }: Result): string | undefined {
  if (finding.status === 'fail' || finding.status === 'crash') return check.id;
  const { cause } = finding.data;
  return finding.status === 'skip' && typeof cause === 'string' ? cause : undefined;
}
