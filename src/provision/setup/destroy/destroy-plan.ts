import type { Change } from '../plan/change.ts';
import type { SetupPlan } from '../plan/setup-plan.ts';

/** Something that stays in the org, and why. */
export interface Kept {
  what: string;
  why: string;
}

/** What `destroy` does, in order; the same object is shown and carried out. */
export interface DestroyPlan {
  organization: SetupPlan['organization'];
  changes: readonly Change[];
  kept: readonly Kept[];
}
