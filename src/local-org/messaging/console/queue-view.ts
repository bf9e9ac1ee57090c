import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';

/** A queue that takes messaging sessions. */
interface QueueView {
  readonly id: string;
  readonly developerName: string;
  readonly name: string;
  /** Sessions that nobody has accepted yet. */
  readonly waiting: number;
}

/** All queues that take messaging sessions, by name. */
export function queueViews(org: OrgState): QueueView[] {
  const ids = org.records
    .find('QueueSobject', { SobjectType: 'MessagingSession' })
    .map((row) => fieldText(row['QueueId']));
  return ids.map((id) => viewOf(org, id)).toSorted((one, other) => one.name.localeCompare(other.name));
}

function viewOf(org: OrgState, id: string): QueueView {
  const queue = org.records.get('Group', id);
  const waiting = org.records.find('PendingServiceRouting', { GroupId: id });
  return {
    id,
    developerName: fieldText(queue?.['DeveloperName']),
    name: fieldText(queue?.['Name']),
    waiting: waiting.filter((row) => fieldText(row['WorkItemId']).startsWith('0Mw')).length,
  };
}
