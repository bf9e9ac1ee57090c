import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import { openWork } from './work-rows.ts';

const KIND = 'messaging-presence';

/** Whether a representative is logged in to Omni-Channel, and how many sessions they take. */
export interface Presence {
  readonly userId: string;
  readonly online: boolean;
  /** Sessions at a time. */
  readonly capacity: number;
  /** ISO 8601: when they last came online. */
  readonly since: string;
}

export function presenceOf(org: OrgState, userId: string): Presence | undefined {
  return org.documents.get(KIND, userId) as Presence | undefined;
}

export function listPresences(org: OrgState): Presence[] {
  return org.documents.list(KIND).map(({ value }) => value as Presence);
}

export function putPresence(org: OrgState, presence: Presence): void {
  org.documents.put(KIND, presence.userId, presence);
}

/** Queues that take messaging sessions, and in which a user is: of themselves, or as member of a public group. */
export function queuesOf(org: OrgState, userId: string): string[] {
  const groups = groupsOf(org, userId);
  const queues = org.records.find('QueueSobject', { SobjectType: 'MessagingSession' });
  return queues.map((row) => fieldText(row['QueueId'])).filter((queueId) => groups.has(queueId));
}

/** All groups that a user is in, through others too. */
function groupsOf(org: OrgState, userId: string): Set<string> {
  const found = new Set<string>();
  const look = (memberId: string): void => {
    for (const row of org.records.find('GroupMember', { UserOrGroupId: memberId })) {
      const groupId = fieldText(row['GroupId']);
      if (found.has(groupId)) continue;
      found.add(groupId);
      look(groupId);
    }
  };
  look(userId);
  return found;
}

/** How many sessions somebody has, offered ones included. */
export function loadOf(org: OrgState, userId: string): number {
  return openWork(org).filter((work) => work['UserId'] === userId).length;
}
