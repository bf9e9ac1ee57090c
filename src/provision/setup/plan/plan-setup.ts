import type { SetupFacts } from '../facts/setup-facts.ts';
import type { PlanWishes, SetupStep } from '../steps/setup-step.ts';
import { setupSteps } from '../steps/setup-steps.ts';
import type { SetupWish } from '../wish/setup-wish.ts';
import type { SetupPlan, StepDraft, StepPlan } from './setup-plan.ts';

/**
 * The configuration minus the org. Pure: whatever it needs was read before.
 * @param cost API version and the number of requests that reading took
 */
export function planSetup(
  facts: SetupFacts,
  wish: SetupWish,
  wishes: PlanWishes,
  cost: Pick<SetupPlan, 'apiVersion' | 'requests'>,
): SetupPlan {
  const { id, name, kind, edition, instanceUrl } = facts.identity;
  return {
    organization: { id, name, kind, edition, instanceUrl },
    ...cost,
    steps: setupSteps.map((step) => planStep(step, facts, wish, wishes)),
  };
}

function planStep(step: SetupStep, facts: SetupFacts, wish: SetupWish, wishes: PlanWishes): StepPlan {
  const draft = step.plan(facts, wish, wishes);
  const changes = draft.changes ?? [];
  const missing = changes.length === 0 ? [] : missingPermissions(step, facts);
  const blockers = [...(draft.blockers ?? []), ...missing];
  return {
    id: step.id,
    title: step.title,
    status: statusOf(draft, blockers),
    requires: step.requires(wish),
    changes,
    blockers,
    notes: draft.notes ?? [],
    manual: draft.manual ?? [],
  };
}

function statusOf(draft: StepDraft, blockers: readonly string[]): StepPlan['status'] {
  if (draft.off === true) return 'off';
  if (blockers.length > 0) return 'blocked';
  return (draft.changes ?? []).length === 0 ? 'unchanged' : 'change';
}

/** Names of permissions as Setup shows them. */
const labels: Readonly<Record<string, string>> = {
  AssignPermissionSets: 'Assign Permission Sets',
  AuthorApex: 'Author Apex',
  CustomizeApplication: 'Customize Application',
  ManageUsers: 'Manage Users',
  ModifyMetadata: 'Modify Metadata Through Metadata API Functions',
};

function missingPermissions({ permissions }: SetupStep, { user }: SetupFacts): string[] {
  return permissions
    .filter((name) => !user.permissions.has(name))
    .map((name) => `${user.username} lacks the permission "${labels[name] ?? name}" (${name}).`);
}

/** The steps of a plan that would write. */
export function changingSteps(plan: SetupPlan): StepPlan[] {
  return plan.steps.filter((step) => step.status === 'change');
}

/** How many things a plan would write: components one by one. */
export function countChanges(plan: SetupPlan): number {
  return changingSteps(plan)
    .flatMap(({ changes }) => changes)
    .reduce((sum, change) => sum + (change.kind === 'deploy' ? change.components.length : 1), 0);
}
