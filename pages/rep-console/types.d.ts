// What the control API of Live Messaging answers, and what the page keeps of it. Times are milliseconds since 1970.

export interface Agent {
  readonly userId: string;
  readonly username: string;
  readonly name: string;
  readonly online: boolean;
  readonly capacity: number;
  readonly load: number;
  /** DeveloperNames. */
  readonly queues: readonly string[];
}

export interface Queue {
  readonly id: string;
  readonly developerName: string;
  readonly name: string;
  readonly waiting: number;
}

export interface Work {
  readonly id: string;
  readonly status: string;
  readonly userId: string;
  readonly sessionId: string;
  readonly conversationId: string | null;
  readonly queueId: string;
}

export interface Conversation {
  readonly id: string;
  readonly subject: string;
  readonly deployment: string;
  readonly startedAt: number;
  readonly closedAt: number | null;
  readonly sessionId: string | null;
  readonly status: string | null;
  readonly routingAttributes: Readonly<Record<string, string>>;
}

export interface Session {
  readonly id: string;
  readonly owner: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface SentFile {
  readonly id: string;
  readonly name: string;
  readonly mimeType: string;
  readonly bytes: number;
}

export interface Entry {
  readonly id: string;
  readonly serial: number;
  readonly type: string;
  readonly at: number;
  readonly role: string;
  readonly name: string;
  /** Of a Message. */
  readonly text?: string;
  readonly files?: readonly SentFile[];
  /** Of anything else. */
  readonly payload?: Payload;
}

interface Payload {
  readonly entries?: readonly { readonly operation: string; readonly displayName: string }[];
  readonly sessionStatus?: string;
  readonly sessionEndedByRole?: string;
  readonly routingType?: string;
  readonly failureType?: string;
  readonly failureReason?: string;
  readonly routingConfigurationDetails?: { readonly queueId?: string };
  readonly workType?: string;
  readonly acknowledgedConversationEntryIdentifier?: string;
}

/** All that is shown but the transcript. */
export interface State {
  agents: readonly Agent[];
  queues: readonly Queue[];
  work: readonly Work[];
  conversations: readonly Conversation[];
  /** Username of the representative who sits here. */
  me: string | undefined;
  /** Id of the conversation that is shown. */
  openId: string | undefined;
  /** Of the conversation that is shown, the latest first. */
  sessions: readonly Session[];
  /** By conversation: messages of the customer that nobody has looked at here. */
  readonly unread: Map<string, number>;
}
