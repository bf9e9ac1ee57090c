import type { AccessFacts } from '../access/access.ts';
import type { MessagingEndpoint } from '../api/messaging-api.ts';
import type { Conversation } from '../conversation/conversation.ts';

/** The seven steps of a handoff as the OpenCX page names them, in its order. */
export const handoffSteps = {
  'identity-token': 'Identity token for the contact',
  'access-token': 'Messaging access token',
  transcript: 'Transcript with summary and history',
  'routing-attributes': 'Routing attributes',
  conversation: 'Conversation in Salesforce',
  'opening-message': 'Transcript as opening message',
  replies: 'Replies',
} as const;

export type HandoffStep = keyof typeof handoffSteps;

/** An opening message, and whether this run had to send it. */
export interface OpeningMessage {
  readonly id: string;
  readonly text: string;
  /** It was in the conversation already: a run before this one had sent it. */
  readonly wasThere: boolean;
}

/** A step that is done, with what was sent in it; no token. */
export type HandoffStepDone =
  | { readonly step: 'identity-token'; readonly header: IdentityHeader; readonly claims: IdentityClaims }
  | { readonly step: 'access-token'; readonly endpoint: MessagingEndpoint; readonly access: AccessFacts }
  | { readonly step: 'transcript'; readonly messages: number; readonly characters: number }
  | { readonly step: 'routing-attributes'; readonly attributes: Readonly<Record<string, string>> }
  | { readonly step: 'conversation'; readonly conversationId: string; readonly created: boolean }
  | { readonly step: 'opening-message'; readonly messages: readonly OpeningMessage[] };

export interface IdentityHeader {
  readonly alg: string;
  readonly kid: string;
}

/** `iss`, `sub`, `iat`, `exp` and whatever was added. */
export type IdentityClaims = Readonly<Record<string, unknown>>;

export type HandoffEvent =
  /** What is being done now. */
  | { readonly kind: 'begin'; readonly step: HandoffStep }
  | ({ readonly kind: 'done'; readonly at: number } & HandoffStepDone)
  /** One of several opening messages is sent now, or is found to be there: `number` of `messages`, from 1. */
  | { readonly kind: 'sending'; readonly number: number; readonly messages: number }
  /** The last event. Replies are the conversation's own events; whoever gets it disposes of it. */
  | { readonly kind: 'handed-off'; readonly conversation: Conversation };
