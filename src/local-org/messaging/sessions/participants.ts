import { automatedProcessUser } from '../../mail/receive/automated-process.ts';
import { nextName } from '../../records/rules/numbered-name.ts';
import type { OrgState } from '../../state/org-state.ts';
import { storedDatetime } from '../../state/stored-datetime.ts';
import { appendEntry } from '../conversations/entry-store.ts';
import { agent, system } from '../conversations/senders.ts';
import type { StoredConversation } from '../conversations/stored-conversation.ts';

/** Notes that the customer is in a conversation. Nobody is told: it is the customer's own. */
export function customerJoins(org: OrgState, conversation: StoredConversation): void {
  join(org, conversation, { ParticipantRole: 'EndUser', AppType: 'iamessage', ParticipantKey: conversation.subject });
}

/** A representative comes into a conversation. */
export function agentJoins(org: OrgState, conversation: StoredConversation, userId: string): void {
  join(org, conversation, {
    ParticipantRole: 'Agent',
    AppType: 'agent',
    ParticipantKey: userId,
    ParticipantEntityId: userId,
  });
  tell(org, conversation, userId, 'add');
}

/** A representative goes out of a conversation; nothing if they are not in it. */
export function agentLeaves(org: OrgState, conversation: StoredConversation, userId: string): void {
  const here = org.records
    .find('ConversationParticipant', { ConversationId: conversation.recordId, ParticipantKey: userId })
    .find((row) => (row['LeftTime'] ?? null) === null);
  if (here === undefined) return;
  org.records.update('ConversationParticipant', here.Id, { LeftTime: nowText(org) }, automatedProcessUser(org));
  tell(org, conversation, userId, 'remove');
}

function join(org: OrgState, conversation: StoredConversation, who: Record<string, string>): void {
  const time = nowText(org);
  const Name = nextName(org, 'ConversationParticipant');
  const row = { ...who, Name, ConversationId: conversation.recordId, JoinedTime: time, LastActiveTime: time };
  org.records.insert('ConversationParticipant', row, automatedProcessUser(org));
}

function tell(org: OrgState, conversation: StoredConversation, userId: string, operation: 'add' | 'remove'): void {
  const { sender, senderDisplayName: displayName } = agent(org, userId);
  const participant = { role: sender.role, appType: sender.appType, subject: sender.subject };
  appendEntry(org, conversation.id, {
    entryType: 'ParticipantChanged',
    payload: { entries: [{ operation, participant, displayName }] },
    ...system(org),
  });
}

function nowText(org: OrgState): string {
  return storedDatetime(org.now());
}
