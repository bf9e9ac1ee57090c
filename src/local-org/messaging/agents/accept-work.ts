import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { StoredRecord } from '../../state/record-store.ts';
import { storedDatetime } from '../../state/stored-datetime.ts';
import { changeConversation, conversationOfSession } from '../conversations/stored-conversation.ts';
import { agentJoins } from '../sessions/participants.ts';
import { dropPending } from '../sessions/route-to-queue.ts';
import { updateRow } from '../sessions/save-row.ts';
import { setStatus } from '../sessions/session-status.ts';
import { tellWork } from './work-rows.ts';

/** The representative takes offered work: the session is theirs and Active. @throws RowRefused */
export function acceptWork(org: OrgState, work: StoredRecord): void {
  const sessionId = fieldText(work['WorkItemId']);
  const userId = fieldText(work['UserId']);
  const conversation = conversationOfSession(org, sessionId);
  if (conversation === undefined) throw new Error(`Work ${work.Id} is of a session that is over.`);
  const time = storedDatetime(org.now());
  const asked = Date.parse(fieldText(work['RequestDateTime']));
  const SpeedToAnswer = Math.max(0, Math.round((org.now().getTime() - asked) / 1000));
  updateRow(org, 'AgentWork', work.Id, { Status: 'Opened', AcceptDateTime: time, SpeedToAnswer }, userId);
  dropPending(org, sessionId);
  changeConversation(org, conversation.id, { queuePosition: undefined, quietSince: org.now().getTime() });
  tellWork(org, conversation, work, 'Accepted');
  const accepted = org.records.get('MessagingSession', sessionId)?.['AcceptTime'] ?? time;
  setStatus(org, conversation, sessionId, 'Active', { values: { OwnerId: userId, AcceptTime: accepted } });
  agentJoins(org, conversation, userId);
}
