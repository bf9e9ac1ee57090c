import { automatedProcessUser } from '../../mail/receive/automated-process.ts';
import { nextName } from '../../records/rules/numbered-name.ts';
import type { OrgState } from '../../state/org-state.ts';
import { storedDatetime } from '../../state/stored-datetime.ts';
import { pushWork } from '../agents/push-work.ts';
import type { MessagingDeployment } from '../deployment/messaging-deployment.ts';
import { customerJoins } from '../sessions/participants.ts';
import { insertRow, messagingTransaction } from '../sessions/save-row.ts';
import { beginSession } from '../sessions/session-life.ts';
import type { SessionStart } from '../sessions/session-life.ts';
import { messagingSwitches } from '../switches/messaging-switches.ts';
import { addConversation } from './stored-conversation.ts';
import type { StoredConversation } from './stored-conversation.ts';

export interface ConversationInit {
  /** UUID in lower case. */
  readonly id: string;
  readonly subject: string;
  /** How the first session begins. */
  readonly start: SessionStart;
}

/** Opens a conversation and, as a rule, its first session. @throws RowRefused */
export function openConversation(org: OrgState, deployment: MessagingDeployment, init: ConversationInit): void {
  messagingTransaction(org, () => {
    const conversation = newConversation(org, deployment, init);
    if (messagingSwitches(org).sessionStart === 'message') return;
    beginSession(org, deployment, conversation, init.start);
    pushWork(org);
  });
}

function newConversation(org: OrgState, deployment: MessagingDeployment, init: ConversationInit): StoredConversation {
  const now = org.now().getTime();
  const row = {
    ConversationIdentifier: init.id,
    Name: nextName(org, 'Conversation'),
    StartTime: storedDatetime(org.now()),
  };
  const conversation: StoredConversation = {
    id: init.id,
    subject: init.subject,
    attributes: init.start.attributes,
    recordId: org.records.insert('Conversation', row, automatedProcessUser(org)).Id,
    deployment: deployment.developerName,
    channelAddress: deployment.channel.addressIdentifier,
    endUserId: endUserOf(org, deployment, init.subject),
    startedAt: now,
    quietSince: now,
    lastEntryAt: now - 1,
  };
  addConversation(org, conversation);
  customerJoins(org, conversation);
  return conversation;
}

/** The messaging user of a subject on a channel, made when first seen. No contact is looked for, as on Salesforce. */
function endUserOf(org: OrgState, { channel }: MessagingDeployment, subject: string): string {
  const key = { MessagingPlatformKey: subject, MessagingChannelId: channel.id };
  const [known] = org.records.find('MessagingEndUser', key);
  if (known !== undefined) return known.Id;
  return insertRow(org, 'MessagingEndUser', {
    ...key,
    Name: 'Guest',
    MessageType: 'EmbeddedMessaging',
    MessagingConsentStatus: 'ImplicitlyOptedIn',
    OwnerId: automatedProcessUser(org),
  });
}
