import type { Known } from '../setup-facts.ts';

/** An Embedded Service Deployment for messaging. */
export interface OrgDeployment {
  /** `0UR…` */
  id: string;
  developerName: string;
  /** `API` for a custom client, `Web`, `Mobile` … */
  type: string;
  isEnabled: boolean;
  /** Name of the channel it stands on; undefined where this session cannot read it. */
  channel: string | undefined;
}

/** Where Live Messaging is in an org, found before anything is rendered: a deployment that is there decides its channel. */
export interface MessagingPlace {
  deployments: Known<readonly OrgDeployment[]>;
  /** API name of the channel: that of the deployment, or the one that is wanted. */
  channel: string;
}

/** An Omni-Channel flow. */
export interface OrgFlow {
  apiName: string;
  /** `RoutingFlow` for what a channel can route by. */
  processType: string;
  isActive: boolean;
  /** `301…`, for a link. */
  versionId: string;
  /** Input variables of the active version, else of the latest; undefined where they cannot be read. */
  inputs: readonly string[] | undefined;
}

/** Everything a plan needs to know of Live Messaging, beside the components. */
export interface MessagingFacts extends MessagingPlace {
  /** Whether the org has the channel, and lets messages in. */
  channelIs: 'missing' | 'active' | 'inactive';
  /** Messaging sessions of the channel in the last seven days. */
  recentSessions: number;
  /** The flow that the channel routes by, or the one it would. */
  flow: OrgFlow | undefined;
  queue: { takesSessions: boolean; memberIds: readonly string[] } | undefined;
  /** Those whom the configuration names as members of the queue. */
  queueMembers: readonly { id: string; username: string }[];
  unknownMembers: readonly string[];
  /** Keys that the keyset names and the wish does not, by API name. */
  otherKeys: readonly { name: string; carriesMarker: boolean }[];
}
