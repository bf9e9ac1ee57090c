import { RecordRefused } from '../save/save-error.ts';
import type { ObjectRules } from './object-rules.ts';
import { ownedByUser } from './ownership.ts';
import { storedDatetime } from '../../state/stored-datetime.ts';

/** Case numbers of a new org begin here. */
const FIRST_CASE_NUMBER = 1000;
/** CaseComment.CommentBody is measured in bytes, not characters (object reference). */
const COMMENT_BYTES = 4000;

export const caseRules: ObjectRules = {
  initialize: ownedByUser,
  prepare: ({ org, operation, old, values }) => {
    if (operation === 'insert') {
      values['CaseNumber'] = String(FIRST_CASE_NUMBER + org.nextNumber('Case.CaseNumber')).padStart(8, '0');
    }
    const contact =
      typeof values['ContactId'] === 'string' ? org.records.get('Contact', values['ContactId']) : undefined;
    if (operation === 'insert' && contact !== undefined) values['AccountId'] ??= contact['AccountId'] ?? null;
    // IsClosed follows the status; unknown statuses (the picklist is not restricted) are open.
    const status = org.records.find('CaseStatus', { ApiName: values['Status'] ?? null })[0];
    const closed = status?.['IsClosed'] === true;
    const wasClosed = old?.['IsClosed'] === true;
    values['IsClosed'] = closed;
    if (operation === 'insert') values['IsClosedOnCreate'] = closed;
    if (closed !== wasClosed) values['ClosedDate'] = closed ? storedDatetime(org.now()) : null;
  },
  // What is written to `Comments` becomes a comment.
  transient: ['Comments'],
  finish: ({ org, userId, values }, record) => {
    if (typeof values['Comments'] !== 'string') return;
    const comment = { ParentId: record.Id, CommentBody: values['Comments'], IsPublished: false, IsDeleted: false };
    org.records.insert('CaseComment', comment, userId);
  },
  cascade: [
    { sobject: 'CaseComment', field: 'ParentId' },
    { sobject: 'EmailMessage', field: 'ParentId' },
    { sobject: 'Attachment', field: 'ParentId' },
    { sobject: 'ContentDocumentLink', field: 'LinkedEntityId' },
  ],
};

export const caseCommentRules: ObjectRules = {
  prepare: ({ values }) => {
    const body = values['CommentBody'];
    if (typeof body !== 'string' || Buffer.byteLength(body) <= COMMENT_BYTES) return;
    const message = `Body: data value too large: ${body.slice(0, 255)} (max length=${COMMENT_BYTES})`;
    throw new RecordRefused('STRING_TOO_LONG', message, ['CommentBody']);
  },
};
