import { randomUUID } from 'node:crypto';

import type { JsonObject } from '../../http/json-body.ts';
import type { OrgState } from '../../state/org-state.ts';
import { tellStreams } from '../stream/stream-hub.ts';
import type { ConversationEntry, EntryType, Sender } from './entry.ts';
import { isKept } from './entry.ts';
import { changeConversation, findConversation } from './stored-conversation.ts';
import type { StoredConversation } from './stored-conversation.ts';

const SERIAL = 'messaging-entry';
const LAST_SERIAL = 'messaging-last-entry';

/** Each conversation has a kind of its own, so that reading one does not read all. */
function kindOf(conversationId: string): string {
  return `messaging-entry:${conversationId}`;
}

export interface EntryInit {
  readonly entryType: EntryType;
  readonly payload: JsonObject;
  readonly sender: Sender;
  readonly senderDisplayName: string;
  /** Absent: a new one. */
  readonly identifier?: string;
  /** Absent: those of the conversation's session. */
  readonly relatedRecords?: readonly string[];
}

/**
 * Adds an entry to a conversation and tells the customer's streams of it once the transaction is over. Times of a
 * conversation never go back, whatever the clock does: clients sort by them.
 */
export function appendEntry(org: OrgState, conversationId: string, init: EntryInit): ConversationEntry {
  const conversation = findConversation(org, conversationId);
  if (conversation === undefined) throw new Error(`There is no conversation ${conversationId}.`);
  const { identifier = randomUUID(), entryType, payload, sender, senderDisplayName } = init;
  const now = org.now().getTime();
  const transcriptedTimestamp = Math.max(now, conversation.lastEntryAt + 1);
  const sessionId = conversation.sessionId === undefined ? [] : [conversation.sessionId];
  const entry: ConversationEntry = {
    serial: org.nextNumber(SERIAL),
    identifier,
    entryType,
    payload: { entryType, id: identifier, ...payload },
    sender,
    senderDisplayName,
    clientTimestamp: now,
    transcriptedTimestamp,
    relatedRecords: init.relatedRecords ?? sessionId,
  };
  org.documents.put(LAST_SERIAL, 'serial', entry.serial);
  if (isKept(entry)) {
    org.documents.put(kindOf(conversationId), String(entry.serial), entry);
    changeConversation(org, conversationId, { lastEntryAt: transcriptedTimestamp });
  }
  tellOnceCommitted(org, conversation, entry);
  return entry;
}

/** Entries that a conversation has kept, oldest first. */
export function listEntries(org: OrgState, conversationId: string): ConversationEntry[] {
  return org.documents.list(kindOf(conversationId)).map(({ value }) => value as ConversationEntry);
}

/** An entry that a conversation has kept. */
export function findEntry(org: OrgState, conversationId: string, identifier: string): ConversationEntry | undefined {
  return listEntries(org, conversationId).find((entry) => entry.identifier === identifier);
}

/** The `serial` of the last entry of the whole org; 0 where there is none. */
export function lastSerial(org: OrgState): number {
  return (org.documents.get(LAST_SERIAL, 'serial') as number | undefined) ?? 0;
}

/** Transactions are synchronous, so they are over before the next microtask; what was rolled back did not happen. */
function tellOnceCommitted(org: OrgState, conversation: StoredConversation, entry: ConversationEntry): void {
  queueMicrotask(() => {
    if (isKept(entry) && org.documents.get(kindOf(conversation.id), String(entry.serial)) === undefined) return;
    tellStreams(org, conversation, entry);
  });
}
