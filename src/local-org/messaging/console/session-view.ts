import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { FieldValue, StoredRecord } from '../../state/record-store.ts';
import type { StoredConversation } from '../conversations/stored-conversation.ts';

/** Standard fields of a MessagingSession by which a person follows it. */
const FIELDS = ['Status', 'Origin', 'StartTime', 'AcceptTime', 'EndTime', 'EndedByType'] as const;

/** A row of MessagingSession. */
interface SessionView {
  readonly id: string;
  /** Name of the queue or of the representative. */
  readonly owner: string;
  /** Values of standard fields, and of all custom ones: there is seen what the flow has stored. Null is empty. */
  readonly fields: Readonly<Record<string, FieldValue>>;
}

/** The sessions that a conversation has had, the latest first. */
export function sessionViews(org: OrgState, conversation: StoredConversation): SessionView[] {
  const rows = org.records.find('MessagingSession', { ConversationId: conversation.recordId });
  return rows.map((row) => viewOf(org, row)).toReversed();
}

function viewOf(org: OrgState, row: StoredRecord): SessionView {
  const fields = org.schema().data.object('MessagingSession')?.fields ?? [];
  const custom = fields.filter((field) => field.custom).map(({ name }) => name);
  return {
    id: row.Id,
    owner: ownerName(org, fieldText(row['OwnerId'])),
    fields: Object.fromEntries([...FIELDS, ...custom].map((name) => [name, row[name] ?? null])),
  };
}

function ownerName(org: OrgState, id: string): string {
  const owner = org.records.get('User', id) ?? org.records.get('Group', id);
  return fieldText(owner?.['Name']);
}
