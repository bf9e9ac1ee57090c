import type { Clock } from '../../clock.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import type { Remedy } from '../finding.ts';
import { failed, skipped, type Stage, type StageEnd, type StageEvent, type StageReport } from './stage.ts';

/** The stage that every timeline ends with. */
type WithCleanUp<Id extends string> = Id | 'clean-up';

/** What a timeline is made with. */
export interface TimelineOptions<Run, Id extends string> {
  stages: readonly Stage<Run, Id>[];
  titles: Readonly<Record<WithCleanUp<Id>, string>>;
  /** Runs last in any case: after a failure, after Ctrl-C, and when nobody listens to the events any more. */
  cleanUp: (run: Run) => Promise<StageEnd>;
  /** Nothing that comes after a stage that failed makes sense. */
  stopAtFailure?: boolean;
  clock: Clock;
  signal?: AbortSignal | undefined;
  /** What helps against a refusal, beside what the error itself says. */
  remediesFor?: (error: OpencxError) => readonly Remedy[];
}

/**
 * Runs stages one after another and then the clean-up, telling of each as it begins and ends.
 * @returns the reports: each stage once, in order; those after an interruption or a failure that ends the run are missing
 * @throws what no stage expects, once all is cleaned up
 */
export async function* runStages<Run, Id extends string>(
  run: Run,
  options: TimelineOptions<Run, Id>,
): AsyncGenerator<StageEvent<WithCleanUp<Id>>, StageReport<WithCleanUp<Id>>[]> {
  const { stages, titles, cleanUp, clock, signal } = options;
  const reports: StageReport<WithCleanUp<Id>>[] = [];
  const begin = (id: WithCleanUp<Id>): StageEvent<WithCleanUp<Id>> => ({ kind: 'begin', id, title: titles[id] });
  const report = (id: WithCleanUp<Id>, start: number, end: StageEnd): StageEvent<WithCleanUp<Id>> => {
    const startedAt = new Date(start).toISOString();
    const made = { id, title: titles[id], ...end, startedAt, durationMs: clock.now() - start };
    reports.push(made);
    return { kind: 'stage', ...made };
  };
  let cleaned = false;
  let broken: { error: unknown } | undefined;
  try {
    try {
      for (const stage of stages) {
        if (signal?.aborted === true) break;
        const start = clock.now();
        yield begin(stage.id);
        const request = stage.asks?.(run);
        if (request !== undefined) yield { kind: 'ask', id: stage.id, title: titles[stage.id], request };
        const end = await endOf(run, stage, options);
        yield report(stage.id, start, end);
        if (end.status === 'failed' && options.stopAtFailure === true) break;
      }
    } catch (error) {
      broken = { error };
    }
    yield begin('clean-up');
    const start = clock.now();
    cleaned = true;
    yield report('clean-up', start, await cleanUp(run));
    if (broken !== undefined) throw broken.error;
    return reports;
  } finally {
    if (!cleaned) await cleanUp(run);
  }
}

/** What the org refuses is how a stage ends; what is no answer of the org is a bug, and ends the run. */
async function endOf<Run, Id extends string>(
  run: Run,
  stage: Stage<Run, Id>,
  { signal, remediesFor }: TimelineOptions<Run, Id>,
): Promise<StageEnd> {
  try {
    return await stage.run(run);
  } catch (error) {
    if (signal?.aborted === true) return skipped('interrupted');
    if (!(error instanceof OpencxError)) throw error;
    const remedy = [...error.nextSteps.map((text) => ({ text })), ...(remediesFor?.(error) ?? [])];
    return failed(error.message, { remedy });
  }
}
