/** Who speaks. Salesforce may add roles, which are kept as they come. */
export type ParticipantRole = 'EndUser' | 'Agent' | 'Chatbot' | 'System' | 'Router' | 'Supervisor' | (string & {});

/** A person, bot or service that takes part. */
export interface Participant {
  readonly role: ParticipantRole;
  /** As it is shown to the customer; undefined where the org tells none. Text of others: not safe for a terminal as it is. */
  readonly name: string | undefined;
  /** e.g. `v2/iamessage/AUTH/<keyset>/uid:<sub>` for the customer. */
  readonly subject: string | undefined;
}

/** What every event that stands on an entry of the conversation carries. */
export interface EntryFacts {
  /** `conversationEntry.identifier`: one entry, however often and by whatever way it comes. */
  readonly entryId: string;
  /** When the org wrote the entry down (`transcriptedTimestamp`), in milliseconds since 1970. */
  readonly at: number;
  /** By which way it came first. */
  readonly source: 'stream' | 'entries';
  /** It came after a later entry had been told: in the transcript it stands before that. */
  readonly late: boolean;
  /** It was there before this side opened the conversation. */
  readonly history: boolean;
  /** `0Mw…`, where the entry names the session it belongs to (`relatedRecords`). */
  readonly messagingSessionId: string | undefined;
}

/** A file in a message. Files of the customer and of the rep look alike. */
export interface MessageFile {
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly mimeType: string | undefined;
  /** Where it can be had; an address with a signature in it, so not for logs. */
  readonly url: string | undefined;
}

export interface MessageEvent extends EntryFacts {
  readonly type: 'message';
  readonly from: Participant;
  /** Whether it is of the end user, whom this side speaks for. The org sends own messages back. */
  readonly own: boolean;
  /** The id that the sender gave the message: for own messages the one of {@link SentMessage}. */
  readonly messageId: string;
  /** The text; of a message with choices its question. Empty if it has files alone. */
  readonly text: string;
  readonly files: readonly MessageFile[];
  /** Titles of the buttons or quick replies that are offered. */
  readonly choices: readonly string[];
  /** `StaticContentMessage/Text` and the like, as Salesforce names it. */
  readonly format: string;
}

export interface ParticipantEvent extends EntryFacts {
  /** `participant-left` is not the end: a transfer looks the same. The end is `session-ended`. */
  readonly type: 'participant-joined' | 'participant-left';
  readonly participant: Participant;
}

export interface RoutingEvent extends EntryFacts {
  /** `transfer` is a routing result with the type Transfer. */
  readonly type: 'routing-result' | 'transfer';
  readonly ok: boolean;
  /** `None`, `Unknown`, `SubmissionError`, `RoutingError`. */
  readonly failureType: string;
  readonly failureReason: string | undefined;
  readonly errorMessages: readonly string[];
  /** `00G…` */
  readonly queueId: string | undefined;
  /** As Salesforce tells it; its unit is not documented. */
  readonly estimatedWaitTime: number | undefined;
  /** `0Mw…` or another work item. */
  readonly recordId: string | undefined;
  /** `0JR…` */
  readonly pendingServiceRoutingId: string | undefined;
}

/** The session of the conversation is in another state: New, Waiting, Active, Inactive, … */
export interface SessionStatusEvent extends EntryFacts {
  readonly type: 'session-status';
  readonly status: string;
}

/** The session is over; the conversation is not: the next message opens another session in it. */
export interface SessionEndedEvent extends EntryFacts {
  readonly type: 'session-ended';
  readonly status: string;
  /** `Agent`, `EndUser`, `System`, … */
  readonly byRole: string | undefined;
}

/** What stays in the transcript. */
export type TranscriptEntry = MessageEvent | ParticipantEvent | RoutingEvent | SessionStatusEvent | SessionEndedEvent;

/** Somebody else began or stopped typing. */
export interface TypingEvent extends EntryFacts {
  readonly type: 'typing';
  readonly from: Participant;
  readonly active: boolean;
}

/** A message of ours was delivered to, or read by, the other side. */
export interface ReceiptEvent extends EntryFacts {
  readonly type: 'delivered' | 'read';
  /** The entry (or message id) it is about. */
  readonly messageId: string | undefined;
}

export interface QueuePositionEvent extends EntryFacts {
  readonly type: 'queue-position';
  /** 1 is next. Undefined where the org tells none that can be read. */
  readonly position: number | undefined;
}

/** The work of the rep's side: Assigned, Accepted, Declined, … (`CONVERSATION_ROUTING_WORK_RESULT`). */
export interface WorkEvent extends EntryFacts {
  readonly type: 'work';
  readonly workType: string | undefined;
}

/** Something that this version has no words for. Salesforce adds kinds of events at any time; none may end a client. */
export interface UnknownEvent {
  readonly type: 'unknown';
  /** Name of the event, or the type of the entry. */
  readonly name: string;
  /** As it came; text of others. */
  readonly data: unknown;
}

/** What happens to the connection or to what is sent. Times are in milliseconds since 1970. */
export type ConnectionEvent =
  /** The end user (this side, or another client of it) closed the conversation. The last event; nothing can be sent any more. */
  | { readonly type: 'closed'; readonly at: number }
  | { readonly type: 'connection-lost'; readonly at: number; readonly reason: string; readonly retryInMs: number }
  /** All that was missed has been told before this. */
  | { readonly type: 'connection-resumed'; readonly at: number; readonly lostAt: number; readonly missed: number }
  | { readonly type: 'token-renewed'; readonly at: number; readonly expiresAt: number | undefined }
  /** An anonymous token cannot be renewed: the conversation can be followed until then and no longer. */
  | { readonly type: 'access-ending'; readonly at: number; readonly expiresAt: number | undefined }
  /** A message found no session (417) and was sent again as the first of a new one. */
  | { readonly type: 'session-restarted'; readonly at: number; readonly messageId: string }
  /** A message waits: for our own limit of messages, or because the org said 429. */
  | { readonly type: 'send-delayed'; readonly at: number; readonly by: 'limit' | 'org'; readonly waitMs: number };

export type ConversationEvent =
  | TranscriptEntry
  | TypingEvent
  | ReceiptEvent
  | QueuePositionEvent
  | WorkEvent
  | UnknownEvent
  | ConnectionEvent;
