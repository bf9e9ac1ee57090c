import type { VerificationKey } from '../../../blueprint/messaging/render-verification-keys.ts';
import type { SetupFacts } from '../facts/setup-facts.ts';
import type { StepDraft, StepId } from '../plan/setup-plan.ts';
import type { SetupWish } from '../wish/setup-wish.ts';

/** What a run wants beyond the configuration. */
export interface PlanWishes {
  /** Rival triggers that stay as they are, by name. */
  keep: readonly string[];
  /** When consumer key and secret are read: somebody must be there to take them. */
  credentials: 'never' | 'with-new-app' | 'always';
  messaging: MessagingWishes;
}

/** What a run wants of Live Messaging beyond the configuration. */
export interface MessagingWishes {
  /** Public keys of the folder of keys, the newest first. */
  keys: readonly VerificationKey[];
  /** Messaging channels that may be changed though others use them, by name. */
  allowChannels: readonly string[];
  /** Publish the deployment though nothing has changed. */
  republish: boolean;
  /** Take keys out of the keyset that the folder of keys does not have. */
  removeOldKeys: boolean;
}

/** One room of the set-up: it looks at facts and configuration, and says which changes close the difference. Pure. */
export interface SetupStep {
  id: StepId;
  title: string;
  /** Steps that must have gone well before. */
  requires: (wish: SetupWish) => readonly StepId[];
  /** User permissions without which its changes are refused, e.g. `ManageUsers`. */
  permissions: readonly string[];
  plan: (facts: SetupFacts, wish: SetupWish, wishes: PlanWishes) => StepDraft;
}
