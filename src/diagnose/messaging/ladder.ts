import type { Config } from '../../config/config-schema.ts';
import type { Access } from '../../messaging/access/access.ts';
import type { MessagingApi } from '../../messaging/api/messaging-api.ts';
import type { Conversation } from '../../messaging/conversation/conversation.ts';
import type { DeploymentProbe } from '../../messaging/endpoint/probe-deployment.ts';
import type { Org } from '../../salesforce/org.ts';
import type { Stage, StageEvent, StageReport } from '../timeline/stage.ts';
import type { EventLog } from './event-log.ts';

/** The rungs in their order: each proves one thing, and none makes sense without those before it. */
export const rungTitles = {
  deployment: 'Deployment published',
  'access-token': 'Access token given',
  verified: 'Identity token accepted',
  modes: 'Custom Client with user verification',
  'event-stream': 'Event stream opens',
  conversation: 'Conversation made',
  'first-message': 'Opening message taken',
  'routing-result': 'Routed without an error',
  'conversation-row': 'Conversation in the org',
  'messaging-session': 'Messaging Session open',
  work: 'Work in a queue or with a rep',
  'session-field': 'Session id stored by the flow',
  'rep-joined': 'Rep joined',
  'rep-message': "Rep's message received",
  'opencx-history': 'Reply in the history of OpenCX',
  'clean-up': 'Ended again',
} as const;

export type RungId = keyof typeof rungTitles;
export const rungIds = Object.keys(rungTitles) as [RungId, ...RungId[]];

/** Somebody who answers in the place of a person, where an org lets a program do that. */
export interface RepPort {
  /** Takes the session into work. */
  accept: (messagingSessionId: string) => Promise<void>;
  /** Says something in the session that was taken. */
  reply: (text: string) => Promise<void>;
}

export interface LadderOptions {
  org: Org;
  config: Config;
  api: MessagingApi;
  /** Asks for the public description of the deployment. */
  probe: () => Promise<DeploymentProbe>;
  /** Signs an identity token for the test contact. */
  sign: () => Promise<string>;
  /** `sub` of that contact. */
  subject: string;
  /** How long the org may take for what it does by itself, in milliseconds. */
  patienceMs: number;
  /** How long a person is waited for, in milliseconds; 0 waits for nobody. */
  waitMs: number;
  rep?: RepPort | undefined;
  signal?: AbortSignal;
}

/** One climb under way. */
export interface LadderRun extends LadderOptions {
  /** In the opening message, so that a rep knows what it is. */
  mark: string;
  /** The OpenCX session that the test stands for: a UUID of its own. */
  sessionId: string;
  /** What rungs have found so far, for those that come after. */
  found: {
    access?: Access;
    /** Known before the conversation is made: it may be there although its making failed. */
    conversationId?: string;
    conversation?: Conversation;
    events?: EventLog;
    /** `00G…`, as the routing result tells it. */
    routedTo?: string | undefined;
    /** Id of the Conversation record. */
    conversationRow?: string;
    /** `0Mw…` */
    messagingSession?: string;
    queue?: string;
  };
}

export type Rung = Stage<LadderRun, Exclude<RungId, 'clean-up'>>;

/** What a climb tells while it goes on, and at last the whole. */
export type LadderEvent = StageEvent<RungId> | { kind: 'end'; outcome: LadderOutcome };

export interface LadderOutcome {
  mark: string;
  sessionId: string;
  /** Undefined if it did not come to a conversation. */
  conversationId: string | undefined;
  /** In order; what comes after a rung that failed was not tried. */
  reports: readonly StageReport<RungId>[];
  interrupted: boolean;
}
