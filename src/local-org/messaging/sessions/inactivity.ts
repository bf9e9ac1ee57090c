import type { OrgState } from '../../state/org-state.ts';
import { pushWork } from '../agents/push-work.ts';
import { findConversation, listConversations } from '../conversations/stored-conversation.ts';
import type { StoredConversation } from '../conversations/stored-conversation.ts';
import { findDeployment } from '../deployment/find-deployment.ts';
import { messagingSwitches } from '../switches/messaging-switches.ts';
import { messagingTransaction } from './save-row.ts';
import { endSession, makeInactive } from './session-life.ts';

/** How often is looked for sessions that have been quiet for too long, in milliseconds. */
const LOOK_MS = 1000;

/** Makes a session Inactive at once. @returns false where the conversation has none that is Active */
export function customerIsAway(org: OrgState, conversationId: string): boolean {
  return messagingTransaction(org, () => {
    const conversation = findConversation(org, conversationId);
    if (conversation === undefined || !makeInactive(org, conversation)) return false;
    pushWork(org);
    return true;
  });
}

/**
 * Looks every second for sessions in which the customer has said nothing for too long, and for Inactive ones that are to end
 * (help, "Auto-End and Inactive").
 * @param ready to be awaited before rows are saved
 * @returns ends it
 */
export function watchInactivity(
  org: OrgState,
  ready: () => Promise<void>,
  onError: (error: unknown) => void,
): () => void {
  const look = async (): Promise<void> => {
    const due = dueNow(org);
    if (due.inactive.length + due.end.length === 0) return;
    await ready();
    messagingTransaction(org, () => {
      const { end, inactive } = dueNow(org);
      for (const conversation of inactive) makeInactive(org, conversation);
      for (const conversation of end) endSession(org, conversation, 'System');
      pushWork(org);
    });
  };
  const timer = setInterval(() => {
    look().catch(onError);
  }, LOOK_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}

function dueNow(org: OrgState): { readonly inactive: StoredConversation[]; readonly end: StoredConversation[] } {
  const { autoEndMinutes, inactivityMinutes } = messagingSwitches(org);
  const now = org.now().getTime();
  const isPast = (since: number | undefined, minutes: number | null | undefined): boolean =>
    since !== undefined && minutes !== null && minutes !== undefined && now - since >= minutes * 60_000;
  const withSession = listConversations(org).filter(({ sessionId }) => sessionId !== undefined);
  const idleMinutes = new Map(
    [...new Set(withSession.map(({ deployment }) => deployment))].map((name) => [
      name,
      inactivityMinutes ?? findDeployment(org, name)?.channel.idleMinutes,
    ]),
  );
  return {
    inactive: withSession.filter(
      ({ deployment, inactiveAt, quietSince, sessionId }) =>
        inactiveAt === undefined &&
        isPast(quietSince, idleMinutes.get(deployment)) &&
        org.records.get('MessagingSession', sessionId ?? '')?.['Status'] === 'Active',
    ),
    end: withSession.filter(({ inactiveAt }) => isPast(inactiveAt, autoEndMinutes)),
  };
}
