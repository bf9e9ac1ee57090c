import { automatedProcessUser } from '../../mail/receive/automated-process.ts';
import type { OrgState } from '../../state/org-state.ts';
import { appendEntry } from '../conversations/entry-store.ts';
import { router } from '../conversations/senders.ts';
import type { StoredConversation } from '../conversations/stored-conversation.ts';
import type { MessagingDeployment } from '../deployment/messaging-deployment.ts';
import { routeSession } from '../routing/route-session.ts';
import { insertRow } from './save-row.ts';
import { messagingServiceChannel } from './service-channel.ts';
import { sessionOf, setStatus, statusOf } from './session-status.ts';

export interface Routing {
  readonly conversation: StoredConversation;
  readonly sessionId: string;
  readonly routingType: 'Initial' | 'Transfer';
}

/**
 * Routes a session as its channel says and tells the customer how that went. One that nothing takes has the status Error:
 * which one Salesforce gives it is not confirmed.
 * @throws RowRefused
 */
export function routeByChannel(org: OrgState, deployment: MessagingDeployment, routing: Routing): void {
  const { conversation, sessionId } = routing;
  const outcome = routeSession(org, { deployment, sessionId, attributes: conversation.attributes });
  if ('failure' in outcome) {
    tellResult(org, routing, { failureType: 'RoutingError', failureReason: outcome.failure });
    setStatus(org, conversation, sessionId, 'Error');
    return;
  }
  waitInQueue(org, routing, outcome.queueId, outcome.flowProblem);
}

/**
 * Puts a session into a queue, to wait there for somebody.
 * @param flowProblem why it is the fallback queue
 * @throws RowRefused
 */
export function waitInQueue(org: OrgState, routing: Routing, queueId: string, flowProblem?: string): void {
  const { conversation, sessionId, routingType } = routing;
  const session = sessionOf(org, conversation);
  if (session !== undefined && statusOf(session) === 'Waiting') dropPending(org, sessionId);
  setStatus(org, conversation, sessionId, 'Waiting', { values: { OwnerId: queueId } });
  const pendingServiceRoutingId = insertRow(org, 'PendingServiceRouting', {
    WorkItemId: sessionId,
    ServiceChannelId: messagingServiceChannel(org),
    GroupId: queueId,
    QueueId: queueId,
    OwnerId: automatedProcessUser(org),
    RoutingType: 'QueueBased',
    RoutingModel: 'LeastActive',
    IsReadyForRouting: true,
    IsPushed: false,
    IsPushAttempted: false,
    IsTransfer: routingType === 'Transfer',
  });
  const problem = flowProblem === undefined ? {} : { failureReason: flowProblem };
  tellResult(org, routing, { failureType: 'None', pendingServiceRoutingId, queueId, ...problem });
}

/** Takes a session out of its queue. */
export function dropPending(org: OrgState, sessionId: string): void {
  for (const { Id } of org.records.find('PendingServiceRouting', { WorkItemId: sessionId })) {
    org.records.delete('PendingServiceRouting', Id);
  }
}

interface Result {
  readonly failureType: 'None' | 'RoutingError';
  readonly failureReason?: string;
  readonly pendingServiceRoutingId?: string;
  readonly queueId?: string;
}

function tellResult(org: OrgState, { conversation, sessionId, routingType }: Routing, result: Result): void {
  const { failureType, failureReason = '', pendingServiceRoutingId = '', queueId } = result;
  appendEntry(org, conversation.id, {
    entryType: 'RoutingResult',
    payload: {
      recordId: sessionId,
      pendingServiceRoutingId,
      routingType,
      failureType,
      failureReason,
      errorMessages: failureReason === '' ? [] : [failureReason],
      estimatedWaitTime: null,
      isExternallyRouted: false,
      routingConfigurationDetails: queueId === undefined ? {} : { queueId },
    },
    relatedRecords: [sessionId],
    ...router(org),
  });
}
