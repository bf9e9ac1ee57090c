import { randomUUID } from 'node:crypto';

import { automatedProcessUser } from '../../mail/receive/automated-process.ts';
import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import { storedDatetime } from '../../state/stored-datetime.ts';
import { closeWork } from '../agents/work-rows.ts';
import { changeConversation } from '../conversations/stored-conversation.ts';
import type { StoredConversation } from '../conversations/stored-conversation.ts';
import type { MessagingDeployment } from '../deployment/messaging-deployment.ts';
import { dropPending, routeByChannel } from './route-to-queue.ts';
import { insertRow } from './save-row.ts';
import { sessionOf, setStatus, statusOf } from './session-status.ts';

/** What a session begins with. */
export interface SessionStart {
  readonly attributes: Readonly<Record<string, string>>;
  readonly language: string | undefined;
}

/** Begins a session of a conversation that has none, and routes it. @throws RowRefused */
export function beginSession(
  org: OrgState,
  deployment: MessagingDeployment,
  conversation: StoredConversation,
  { attributes, language }: SessionStart,
): StoredConversation {
  const { channel } = deployment;
  const sessionId = insertRow(org, 'MessagingSession', {
    Status: 'New',
    Origin: 'InboundInitiated',
    ChannelType: 'EmbeddedMessaging',
    ChannelName: channel.developerName,
    ChannelKey: channel.addressIdentifier,
    SessionKey: randomUUID(),
    StartTime: storedDatetime(org.now()),
    MessagingChannelId: channel.id,
    MessagingEndUserId: conversation.endUserId,
    ConversationId: conversation.recordId,
    AgentType: 'Agent',
    AgentMessageCount: 0,
    EndUserMessageCount: 0,
    ...(language === undefined ? {} : { EndUserLanguage: language }),
  });
  const begun = changeConversation(org, conversation.id, { sessionId, attributes, inactiveAt: undefined });
  routeByChannel(org, deployment, { conversation: begun, sessionId, routingType: 'Initial' });
  return begun;
}

/** The customer speaks in a session that is Inactive: it waits again, and is routed anew (help, messaging_auto_end). */
export function resumeSession(
  org: OrgState,
  deployment: MessagingDeployment,
  conversation: StoredConversation,
  attributes: Readonly<Record<string, string>> | undefined,
): void {
  const { sessionId } = conversation;
  if (sessionId === undefined) return;
  const change = { inactiveAt: undefined, ...(attributes === undefined ? {} : { attributes }) };
  const resumed = changeConversation(org, conversation.id, change);
  routeByChannel(org, deployment, { conversation: resumed, sessionId, routingType: 'Initial' });
}

/** Nobody has spoken for long: the representative is free for others. Only a session that is Active becomes Inactive. */
export function makeInactive(org: OrgState, conversation: StoredConversation): boolean {
  const session = sessionOf(org, conversation);
  if (session === undefined || statusOf(session) !== 'Active') return false;
  closeWork(org, conversation, session.Id);
  setStatus(org, conversation, session.Id, 'Inactive');
  changeConversation(org, conversation.id, { inactiveAt: org.now().getTime() });
  return true;
}

/** Ends the session of a conversation; false where it has none. @throws RowRefused */
export function endSession(
  org: OrgState,
  conversation: StoredConversation,
  by: 'Agent' | 'EndUser' | 'System',
): boolean {
  const session = sessionOf(org, conversation);
  if (session === undefined) return false;
  dropPending(org, session.Id);
  closeWork(org, conversation, session.Id);
  setStatus(org, conversation, session.Id, 'Ended', {
    values: { EndTime: storedDatetime(org.now()), EndedByType: by },
    endedBy: by,
  });
  changeConversation(org, conversation.id, { sessionId: undefined, inactiveAt: undefined, queuePosition: undefined });
  return true;
}

/** Counts a message in its session. The counts are computed on Salesforce: no trigger sees them change. */
export function countMessage(
  org: OrgState,
  sessionId: string,
  field: 'AgentMessageCount' | 'EndUserMessageCount',
): void {
  const count = Number(fieldText(org.records.get('MessagingSession', sessionId)?.[field])) + 1;
  org.records.update('MessagingSession', sessionId, { [field]: count }, automatedProcessUser(org));
}
