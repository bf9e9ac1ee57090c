import { RecordRefused } from '../save/save-error.ts';
import type { ObjectRules, RuleInput } from './object-rules.ts';
import { storedDatetime } from '../../state/stored-datetime.ts';

const DRAFT = '5';
/** What may still be changed once a message is no draft, beside custom fields (object reference, EmailMessage). */
const CHANGEABLE = new Set(['Status', 'IsExternallyVisible']);
/** What the automated process alone changes: it learns that a mail came back. */
const OF_THE_PROCESS = 'IsBounced';

/** The people of a message by the field that names them. */
const RELATIONS: Readonly<Record<string, string>> = { ToIds: 'ToAddress', CcIds: 'CcAddress', BccIds: 'BccAddress' };

export const emailMessageRules: ObjectRules = {
  prepare: (input) => {
    const { org, operation, values } = input;
    if (operation === 'update') {
      checkChangeable(input);
      return;
    }
    values['MessageDate'] ??= storedDatetime(org.now());
    values['IsExternallyVisible'] ??= false;
    // The record's name is its subject.
    values['Name'] = typeof values['Subject'] === 'string' ? values['Subject'].slice(0, 80) : null;
    values['HasAttachment'] = Array.isArray(values['ContentDocumentIds']) && values['ContentDocumentIds'].length > 0;
  },
  transient: ['ToIds', 'CcIds', 'BccIds', 'ContentDocumentIds'],
  finish: ({ org, userId, values, operation }, record) => {
    if (operation !== 'insert') return;
    for (const [field, relationType] of Object.entries(RELATIONS)) {
      for (const relationId of listOf(values[field])) {
        const relation = { EmailMessageId: record.Id, RelationId: relationId, RelationType: relationType };
        org.records.insert('EmailMessageRelation', relation, userId);
      }
    }
    for (const documentId of listOf(values['ContentDocumentIds'])) {
      const link = { ContentDocumentId: documentId, LinkedEntityId: record.Id, ShareType: 'V', Visibility: 'AllUsers' };
      org.records.insert('ContentDocumentLink', link, userId);
    }
  },
  cascade: [
    { sobject: 'EmailMessageRelation', field: 'EmailMessageId' },
    { sobject: 'Attachment', field: 'ParentId' },
    { sobject: 'ContentDocumentLink', field: 'LinkedEntityId' },
  ],
};

/** A sent or received message stays what it was; only New may become Read. */
function checkChangeable({ org, userId, old, values, sent }: RuleInput): void {
  if (old === undefined || old['Status'] === DRAFT) return;
  const isProcess = org.records.get('User', userId)?.['UserType'] === 'AutomatedProcess';
  const mayChange = (field: string): boolean =>
    CHANGEABLE.has(field) || field.endsWith('__c') || (isProcess && field === OF_THE_PROCESS);
  const changed = [...sent].filter((field) => (old[field] ?? null) !== (values[field] ?? null));
  const refused = changed.filter((field) => !mayChange(field));
  const badStatus = changed.includes('Status') && !(old['Status'] === '0' && values['Status'] === '1');
  if (badStatus) refused.push('Status');
  if (refused.length === 0) return;
  throw new RecordRefused(
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    `Unable to create/update fields: ${refused.join(', ')}. Only drafts can be changed.`,
    refused,
  );
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
