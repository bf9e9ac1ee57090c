import { handlerFlowOf } from '../../../provision/messaging/channel/channel-values.ts';
import { quoted } from '../../../provision/org/soql-literal.ts';
import type { Reading } from '../reading.ts';
import { channelMetadata } from './channel.ts';

/** The flow that routes the channel's sessions. */
export interface HandlerFlow {
  apiName: string;
  /** `RoutingFlow` for an Omni-Channel flow. */
  processType: string;
  /** `301…` of the active version; undefined where none is active. */
  activeVersionId: string | undefined;
  /** Of the active version; undefined where the org does not show it. */
  metadata: Readonly<Record<string, unknown>> | undefined;
}

interface ViewRow {
  ApiName: string;
  ProcessType: string | null;
  ActiveVersionId: string | null;
}

/** Undefined where the channel routes by no flow, or the org has none of that name. */
export const handlerFlow: Reading<HandlerFlow | undefined> = {
  what: 'FlowDefinitionView and, of the Tooling API, Flow, for the flow that the channel routes by',
  read: async ({ org, read }) => {
    const channel = await read(channelMetadata);
    const name = channel.state === 'read' ? handlerFlowOf(channel.values) : undefined;
    if (name === undefined || name === '') return undefined;
    const doing = `reading the flow ${name}`;
    const [row] = await org.query<ViewRow>(
      `SELECT ApiName, ProcessType, ActiveVersionId FROM FlowDefinitionView WHERE ApiName = ${quoted([name])}`,
      doing,
    );
    if (row === undefined) return undefined;
    const flow = { apiName: row.ApiName, processType: row.ProcessType ?? '' };
    if (row.ActiveVersionId === null) return { ...flow, activeVersionId: undefined, metadata: undefined };
    const [version] = await org.toolingQuery<{ Metadata: Record<string, unknown> | null }>(
      `SELECT Id, Metadata FROM Flow WHERE Id = ${quoted([row.ActiveVersionId])}`,
      doing,
    );
    return { ...flow, activeVersionId: row.ActiveVersionId, metadata: version?.Metadata ?? undefined };
  },
};

/** A queue, as far as messaging sessions are concerned. */
export interface MessagingQueue {
  /** `00G…` */
  id: string;
  developerName: string;
  takesSessions: boolean;
  /** Members who are active users. */
  users: number;
  /** Roles and public groups that are members; who is in them is not looked at. */
  groups: number;
}

export const messagingQueues: Reading<readonly MessagingQueue[]> = {
  what: 'Group, QueueSobject and GroupMember of queues, and which members are active users',
  read: async ({ org }) => {
    const [groups, objects, members, active] = await Promise.all([
      org.query<{ Id: string; DeveloperName: string }>(
        "SELECT Id, DeveloperName FROM Group WHERE Type = 'Queue'",
        'reading queues',
      ),
      org.query<{ QueueId: string }>(
        "SELECT QueueId FROM QueueSobject WHERE SobjectType = 'MessagingSession'",
        'reading queues for messaging sessions',
      ),
      org.query<{ GroupId: string; UserOrGroupId: string }>(
        "SELECT GroupId, UserOrGroupId FROM GroupMember WHERE Group.Type = 'Queue'",
        'reading queue members',
      ),
      org.query<{ Id: string }>(
        "SELECT Id FROM User WHERE IsActive = true AND Id IN (SELECT UserOrGroupId FROM GroupMember WHERE Group.Type = 'Queue')",
        'reading which queue members are active',
      ),
    ]);
    const forSessions = new Set(objects.map(({ QueueId }) => QueueId));
    const activeIds = new Set(active.map(({ Id }) => Id));
    return groups.map(({ Id, DeveloperName }) => {
      const ids = members.filter(({ GroupId }) => GroupId === Id).map(({ UserOrGroupId }) => UserOrGroupId);
      return {
        id: Id,
        developerName: DeveloperName,
        takesSessions: forSessions.has(Id),
        users: ids.filter((id) => activeIds.has(id)).length,
        groups: ids.filter((id) => id.startsWith('00G')).length,
      };
    });
  },
};

/** Whether the org has the service channel by which Omni-Channel routes messaging sessions. */
export const hasServiceChannel: Reading<boolean> = {
  what: 'ServiceChannel sfdc_livemessage',
  read: async ({ org }) => {
    const rows = await org.query<{ Id: string }>(
      "SELECT Id FROM ServiceChannel WHERE DeveloperName = 'sfdc_livemessage'",
      'reading service channels',
    );
    return rows.length > 0;
  },
};
