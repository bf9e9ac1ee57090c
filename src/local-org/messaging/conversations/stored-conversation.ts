import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';

const KIND = 'messaging-conversation';

/** Each customer has a kind of their own that names their conversations, so that nobody looks through those of all. */
function ownKind(subject: string): string {
  return `messaging-conversation-of:${subject}`;
}

/** What rows cannot hold of a conversation. Times are milliseconds since 1970. */
export interface StoredConversation {
  /** UUID in lower case, made by the client: `ConversationIdentifier`. */
  readonly id: string;
  /** Id of the `Conversation` row. */
  readonly recordId: string;
  /** Of the customer's tokens. */
  readonly subject: string;
  /** ES Developer Name. */
  readonly deployment: string;
  /** `ChannelAddressIdentifier`, which a channel keeps. */
  readonly channelAddress: string;
  /** `MessagingEndUser`. */
  readonly endUserId: string;
  readonly startedAt: number;
  readonly closedAt?: number;
  /** The session that is not over, `0Mw…`. */
  readonly sessionId?: string;
  /** `routingAttributes` that the session was last routed by. */
  readonly attributes: Readonly<Record<string, string>>;
  /** When the customer last said something, or a representative came. */
  readonly quietSince: number;
  /** When the session became Inactive, while it is. */
  readonly inactiveAt?: number;
  /** Place in the queue that was last told, from 1. */
  readonly queuePosition?: number;
  /** Time of the last entry: none has an earlier one. */
  readonly lastEntryAt: number;
}

export function findConversation(org: OrgState, id: string): StoredConversation | undefined {
  return org.documents.get(KIND, id) as StoredConversation | undefined;
}

/** All conversations, oldest first. */
export function listConversations(org: OrgState): StoredConversation[] {
  return org.documents.list(KIND).map(({ value }) => value as StoredConversation);
}

/** The conversations of a customer, oldest first. */
export function conversationsOf(org: OrgState, subject: string): StoredConversation[] {
  return org.documents.list(ownKind(subject)).flatMap(({ key }) => findConversation(org, key) ?? []);
}

export function addConversation(org: OrgState, conversation: StoredConversation): void {
  org.documents.put(ownKind(conversation.subject), conversation.id, true);
  org.documents.put(KIND, conversation.id, conversation);
}

/** What of a conversation may be changed; undefined takes it away. */
export type ConversationChange = {
  readonly [K in Exclude<keyof StoredConversation, 'id' | 'recordId' | 'subject'>]?: StoredConversation[K] | undefined;
};

/** Changes what is given and keeps the rest. @throws Error if there is no such conversation, which is a bug */
export function changeConversation(org: OrgState, id: string, change: ConversationChange): StoredConversation {
  const stored = findConversation(org, id);
  if (stored === undefined) throw new Error(`There is no conversation ${id}.`);
  const changed = { ...stored, ...change } as StoredConversation;
  org.documents.put(KIND, id, changed);
  return changed;
}

/** The conversation whose live session this is. */
export function conversationOfSession(org: OrgState, sessionId: string): StoredConversation | undefined {
  const session = org.records.get('MessagingSession', sessionId);
  const row = org.records.get('Conversation', fieldText(session?.['ConversationId']));
  const conversation = findConversation(org, fieldText(row?.['ConversationIdentifier']));
  return conversation?.sessionId === sessionId ? conversation : undefined;
}
