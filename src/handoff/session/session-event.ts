import type { SessionChannel, SessionState } from './session.ts';

/** What is given to `serve` for a session, by the name of the stored event. */
export const sessionInputs = ['handoff', 'message'] as const;

/** What `serve` tells of a session: to its callback, to those who follow it, and to the inspector. */
export const sessionEventNames = [
  'session.started',
  'session.handoff_completed',
  'session.handoff_failed',
  'session.handed_off',
  'session.reopened',
  'session.resolved',
  'agent.joined',
  'agent.left',
  'message.contact',
  'message.agent',
  'message.delivered',
  'message.failed',
] as const;
export type SessionEventName = (typeof sessionEventNames)[number];

/** A file that a person can fetch in Salesforce. */
export interface SessionFile {
  /** ContentVersion or Attachment of a mail; file id of a conversation. */
  readonly id?: string;
  readonly name?: string;
  readonly size?: number;
  readonly contentType?: string;
}

/** A message as it is told, whoever wrote it. */
export interface ToldMessage {
  /** EmailMessage (`02s…`), entry of the conversation, or the id that was given to `POST …/messages`. */
  readonly id: string;
  readonly from?: { readonly name?: string; readonly address?: string };
  readonly subject?: string;
  readonly text: string;
  readonly html?: string;
  readonly files?: readonly SessionFile[];
}

/** Body of a stored session event, and of a callback. Times are ISO 8601 in UTC. */
export interface SessionEvent {
  readonly event: SessionEventName;
  readonly sessionId: string;
  readonly channel: SessionChannel;
  /** Of the session, after what is told. */
  readonly state: SessionState;
  readonly at: string;
  readonly caseId?: string;
  readonly conversationId?: string;
  readonly message?: ToldMessage;
  /** Why, of what failed, was handed off or resolved. */
  readonly reason?: string;
  /** `handoff_completed`: it went to a Case or conversation that was there before. */
  readonly appended?: boolean;
  /** The representative, of `agent.joined` and `agent.left`. */
  readonly agent?: { readonly name?: string };
}
