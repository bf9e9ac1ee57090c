import type { Clock } from '../../clock.ts';
import type { AccessFacts, Identity } from '../access/access.ts';
import type { MessagingApi } from '../api/messaging-api.ts';
import type { StreamPace } from '../stream/stream-events.ts';
import type { ConversationEvent, TranscriptEntry } from './conversation-event.ts';
import type { RateLimit } from './rate-limit.ts';

/** What a conversation is opened with. */
export interface ConversationOptions {
  /** Whom this side speaks for. One token is had for the one conversation and is kept for it alone. */
  readonly identity: Identity;
  /** Lowercase UUID v4; made here if absent. Give the same again to find the conversation of an earlier run. */
  readonly conversationId?: string;
  /**
   * `create` (default) makes the conversation; if it is there already and ours, goes on with it. `continue` makes none and fails
   * if there is none.
   */
  readonly begin?: 'create' | 'continue';
  /** Sent on create and again with the first message of each session, without which they are not on its MessagingSession. */
  readonly routingAttributes?: Readonly<Record<string, string>>;
  /** `language` of the API, e.g. `en_US`. Not OpenCX's attribute Chat_language. */
  readonly language?: string;
  /**
   * Whether the first message after a create says `isNewMessagingSession` and repeats the attributes. Default true: else they
   * were seen to be missing on the MessagingSession (third-party notes; not confirmed).
   */
  readonly firstMessageStartsSession?: boolean;
  /** `poll` asks for entries every two seconds where something between swallows event streams. Default `stream`. */
  readonly transport?: 'stream' | 'poll';
  readonly pace?: Partial<ConversationPace>;
}

/** Times and limits; the defaults are those of Salesforce's sample app and published limits. All times in milliseconds. */
export interface ConversationPace extends StreamPace {
  /** Messages in any minute; 22 is the org's limit. */
  messagesPerMinute: number;
  /** Attempts of one request after network failures and 5xx, in all; default 3. */
  attempts: number;
  /** First pause between attempts, doubled each time; default 1,000. */
  firstPauseMs: number;
  /** The longest that one message waits for limits (429, our own); default 120,000. */
  longestWaitMs: number;
  /** Between two questions of `poll`; default 2,000. */
  pollMs: number;
}

/** What a conversation needs of its surroundings. */
export interface ConversationDeps {
  readonly api: MessagingApi;
  readonly clock: Clock;
  /** Shared by all conversations of a process: three may be started in 30 seconds. By default one of its own. */
  readonly starts?: RateLimit;
  /** Told of the first token, before anything is made with it. */
  readonly onAccess?: (facts: AccessFacts) => void;
}

export interface SendOptions {
  /** Lowercase UUID; the same id again is the same message. Made here if absent. */
  readonly id?: string;
  /** The message that this one answers. */
  readonly inReplyTo?: string;
  readonly signal?: AbortSignal;
}

/** A message that the org has taken (202). It is not yet routed, nor read. */
export interface SentMessage {
  /** Comes back as `messageId` of the own {@link MessageEvent}. */
  readonly id: string;
  /** It opened a session: the first after a create, or after the last one had ended. */
  readonly newSession: boolean;
  /** The answer to it was lost, and it was found in the conversation. */
  readonly foundAgain: boolean;
}

export interface OutgoingFile {
  readonly name: string;
  readonly mimeType: string;
  /** At most 5 MB. */
  readonly bytes: Uint8Array;
  readonly text?: string;
}

/**
 * One conversation, seen from the customer's side. Iterating gives its events from the opening on, each once; it is iterated by
 * one reader. The iteration ends after `closed` and after `dispose`; it throws when the conversation can be followed no longer.
 */
export interface Conversation extends AsyncIterable<ConversationEvent> {
  readonly id: string;
  /** False if it was there before. */
  readonly created: boolean;
  /** What is known of the token in use; never the token. */
  access(): AccessFacts;
  /** All entries known so far, each once, in the order of the org. */
  transcript(): readonly TranscriptEntry[];
  /** Asks the org for entries that are not known yet; they come as events. @returns how many there were */
  sync(signal?: AbortSignal): Promise<number>;
  /**
   * Sends a text. Messages go out one after another, within the limit of messages; a lost answer is looked up before it is sent
   * again; a session that has ended is replaced by a new one.
   * @throws OpencxError MESSAGING_CLOSED, PERMISSION_DENIED (another identity's), ORG_REFUSED, NETWORK, INTERRUPTED
   */
  send(text: string, options?: SendOptions): Promise<SentMessage>;
  /** Sends a file as {@link Conversation.send} sends a text. @throws OpencxError USAGE above 5 MB */
  sendFile(file: OutgoingFile, options?: SendOptions): Promise<SentMessage>;
  /** Tells that the customer types, or stopped. @returns false if there is no session to tell it in */
  typing(active: boolean): Promise<boolean>;
  /** Tells that entries were delivered to, or read by, the customer. @returns false if there is no session to tell it in */
  acknowledge(kind: 'Delivery' | 'Read', entryIds: readonly string[]): Promise<boolean>;
  /** Ends the messaging session; the conversation can go on with another. @returns false if there was none to end */
  endSession(): Promise<boolean>;
  /** Closes the conversation for good. @returns false if it was closed already */
  close(): Promise<boolean>;
  /**
   * Ends what is right to end: with user verification the session, as the conversation lasts; else the conversation.
   * @returns what was ended
   */
  end(): Promise<'session' | 'conversation' | 'nothing'>;
  /**
   * Stops all that runs for it. The conversation in the org is left as it is.
   * @param options.revoke gives the token of a verified contact back (for others no way is known); fails as the request does
   */
  dispose(options?: { revoke?: boolean }): Promise<void>;
}
