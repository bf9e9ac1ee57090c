import { OpencxError } from '../../../errors/opencx-error.ts';
import { applyChange } from '../changes/apply-change.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import type { SetupPlan, StepId, StepPlan } from '../plan/setup-plan.ts';
import type { SetupEvent, StepOutcome } from './setup-outcome.ts';

/**
 * Carries out a plan, step by step. A step that fails stops those that need it, and no others.
 * @throws OpencxError INTERRUPTED; what was done stays done, and the next run goes on from there
 */
export async function* applySetup(
  plan: SetupPlan,
  context: ChangeContext,
): AsyncGenerator<SetupEvent, readonly StepOutcome[]> {
  const outcomes: StepOutcome[] = [];
  for (const step of plan.steps) {
    const outcome = yield* applyStep(step, outcomes, context);
    outcomes.push(outcome);
    yield { kind: 'step-end', outcome };
  }
  return outcomes;
}

async function* applyStep(
  step: StepPlan,
  before: readonly StepOutcome[],
  context: ChangeContext,
): AsyncGenerator<SetupEvent, StepOutcome> {
  const { id, title } = step;
  if (step.status === 'unchanged' || step.status === 'off') return { id, title, status: step.status };
  const waitsFor = unmet(step, before);
  if (waitsFor !== undefined) return { id, title, status: 'skipped', waitsFor };
  if (step.status === 'blocked') return { id, title, status: 'blocked', blockers: step.blockers };
  yield { kind: 'step', step };
  try {
    for (const change of step.changes) {
      if (context.signal?.aborted === true) throw interrupted();
      for await (const event of applyChange(context, change)) yield { kind: 'change', event };
    }
    return { id, title, status: 'done', changes: step.changes };
  } catch (error) {
    if (!(error instanceof OpencxError) || error.code === 'INTERRUPTED') throw error;
    return { id, title, status: 'failed', error };
  }
}

function unmet(step: StepPlan, before: readonly StepOutcome[]): StepId | undefined {
  const bad = new Set(
    before
      .filter(({ status }) => status === 'failed' || status === 'blocked' || status === 'skipped')
      .map(({ id }) => id),
  );
  return step.requires.find((id) => bad.has(id));
}

function interrupted(): OpencxError {
  return new OpencxError('INTERRUPTED', {
    message: 'Stopped between two changes; what was done stays done.',
    nextSteps: ['Run the same command again: it goes on where this run stopped.'],
  });
}
