import type { OrgIdentity } from '../../../salesforce/org.ts';
import type { Change } from './change.ts';

/** Steps of the set-up in their order; the ids are stable and documented. */
export const stepIds = [
  'preflight',
  'fields',
  'integration-user',
  'access',
  'app',
  'email-to-case',
  'mail',
  'webhook',
  'apex',
  'messaging',
  'hand-over',
] as const;
export type StepId = (typeof stepIds)[number];

/** Something that no API can do: what, where, and how the product sees that it is done. */
export interface ManualTask {
  id: string;
  /** What to do, as a heading. */
  title: string;
  /** The steps, in order. */
  steps: readonly string[];
  /** Deep link into Setup, or the page where it is done. */
  url?: string;
  /** How it is seen that this is done. */
  seenBy: string;
}

/** What one step would do; `unchanged` when there is nothing to do, `blocked` when something must be given first. */
export interface StepPlan {
  id: StepId;
  title: string;
  status: 'unchanged' | 'change' | 'blocked' | 'off';
  requires: readonly StepId[];
  changes: readonly Change[];
  /** Why it cannot be done now, each with what to do. */
  blockers: readonly string[];
  /** What is known and worth saying. */
  notes: readonly string[];
  manual: readonly ManualTask[];
}

/**
 * The configuration minus the org: the one object that `plan` prints, `init` shows before it writes, and `apply` carries out.
 */
export interface SetupPlan {
  organization: Pick<OrgIdentity, 'id' | 'name' | 'kind' | 'edition' | 'instanceUrl'>;
  apiVersion: string;
  /** HTTP requests that planning took. */
  requests: number;
  steps: readonly StepPlan[];
}

/** What a step finds out; the registry adds id, title and status. */
export interface StepDraft {
  changes?: readonly Change[];
  blockers?: readonly string[];
  notes?: readonly string[];
  manual?: readonly ManualTask[];
  /** Not wanted by the configuration. */
  off?: boolean;
}
