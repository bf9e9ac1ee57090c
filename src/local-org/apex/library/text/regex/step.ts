import type { Attempt } from './attempt.ts';

/** Whether the rest of an expression matches from a place; where it ends is left in the attempt. */
export type Step = (attempt: Attempt, at: number) => boolean;

/** What steps of one expression share: each loop has a number of its own. */
export interface CompileContext {
  loops: number;
}

/** The end of a part that is matched for itself. */
export const accept: Step = (attempt, at) => {
  attempt.end = at;
  return true;
};
