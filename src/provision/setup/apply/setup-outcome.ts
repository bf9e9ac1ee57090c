import type { OpencxError } from '../../../errors/opencx-error.ts';
import type { ChangeEvent } from '../changes/change-context.ts';
import type { Change } from '../plan/change.ts';
import type { StepId, StepPlan } from '../plan/setup-plan.ts';

/** How one step ended. */
export type StepOutcome =
  | { id: StepId; title: string; status: 'done'; changes: readonly Change[] }
  | { id: StepId; title: string; status: 'unchanged' | 'off' }
  | { id: StepId; title: string; status: 'blocked'; blockers: readonly string[] }
  /** It waits for a step that did not go well. */
  | { id: StepId; title: string; status: 'skipped'; waitsFor: StepId }
  | { id: StepId; title: string; status: 'failed'; error: OpencxError };

/** What is told while a plan is carried out. */
export type SetupEvent =
  | { kind: 'step'; step: StepPlan }
  | { kind: 'step-end'; outcome: StepOutcome }
  | { kind: 'change'; event: ChangeEvent };
