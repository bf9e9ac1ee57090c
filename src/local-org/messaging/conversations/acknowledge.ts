import type { OrgState } from '../../state/org-state.ts';
import { badRequest } from '../http/scrt-error.ts';
import { appendEntry, findEntry } from './entry-store.ts';
import type { NamedSender } from './senders.ts';
import type { StoredConversation } from './stored-conversation.ts';

export interface Acknowledgement {
  readonly id: string;
  readonly entryType: 'Delivery' | 'Read';
  readonly conversationEntryId: string;
}

/** Notes that messages came in or were read. @throws ScrtError 400 for an entry that the conversation does not have */
export function acknowledge(
  org: OrgState,
  conversation: StoredConversation,
  acks: readonly Acknowledgement[],
  sender: NamedSender,
): void {
  org.transaction(() => {
    for (const { conversationEntryId, entryType, id } of acks) {
      if (findEntry(org, conversation.id, conversationEntryId) === undefined) {
        throw badRequest(`The conversation has no entry ${conversationEntryId}.`);
      }
      appendEntry(org, conversation.id, {
        entryType: `${entryType}Acknowledgement`,
        identifier: id,
        payload: {
          acknowledgementTimestamp: org.now().getTime(),
          acknowledgedConversationEntryIdentifier: conversationEntryId,
        },
        relatedRecords: [conversationEntryId],
        ...sender,
      });
    }
  });
}
