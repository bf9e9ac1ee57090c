import type { MessagingDeployment } from '../deployment/messaging-deployment.ts';

export interface RoutingRequest {
  /** As `findDeployment` gives it. */
  readonly deployment: MessagingDeployment;
  /** Id of a `MessagingSession` row that is there. */
  readonly sessionId: string;
  /** `routingAttributes` as they came, by the names of channel variables. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** Where a session goes, or why nowhere: what a CONVERSATION_ROUTING_RESULT tells as `RoutingError`. */
export type RoutingOutcome =
  | {
      /** `00G…`, a queue that takes messaging sessions. */
      readonly queueId: string;
      readonly usedFallback: boolean;
      /** Why the fallback queue was used, if a flow failed. */
      readonly flowProblem?: string;
    }
  | { readonly failure: string };
