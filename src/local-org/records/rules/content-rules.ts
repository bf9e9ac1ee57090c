import { createHash } from 'node:crypto';

import { RecordRefused } from '../save/save-error.ts';
import type { ObjectRules } from './object-rules.ts';
import { ownedByUser } from './ownership.ts';
import { fieldText } from '../../state/field-text.ts';

/** FileType by extension, for the common ones; others are UNKNOWN. */
const FILE_TYPES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    txt: 'TEXT',
    csv: 'CSV',
    html: 'HTML',
    pdf: 'PDF',
    png: 'PNG',
    jpg: 'JPG',
    jpeg: 'JPG',
    gif: 'GIF',
    zip: 'ZIP',
    xml: 'XML',
    docx: 'WORD_X',
    xlsx: 'EXCEL_X',
  }),
);

/** A file's version; the first one makes the file. */
export const contentVersionRules: ObjectRules = {
  initialize: ownedByUser,
  prepare: ({ org, operation, userId, values }) => {
    if (operation !== 'insert') return;
    const path = values['PathOnClient'];
    const data = values['VersionData'];
    if (typeof path !== 'string' || typeof data !== 'string') {
      const missing = typeof path === 'string' ? 'VersionData' : 'PathOnClient';
      throw new RecordRefused('REQUIRED_FIELD_MISSING', `Required fields are missing: [${missing}]`, [missing]);
    }
    const fileName = path.split(/[\\/]/).at(-1) ?? path;
    const extension = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase();
    const bytes = Buffer.from(data, 'base64');
    values['Title'] ??= fileName.replace(/\.[^.]+$/, '');
    values['FileExtension'] = extension ?? null;
    values['FileType'] = FILE_TYPES.get(extension ?? '') ?? 'UNKNOWN';
    values['ContentSize'] = bytes.length;
    values['Checksum'] = createHash('md5').update(bytes).digest('hex');
    values['ContentLocation'] ??= 'S';
    values['Origin'] ??= 'C';
    values['PublishStatus'] = 'P';
    values['IsLatest'] = true;
    const documentId = typeof values['ContentDocumentId'] === 'string' ? values['ContentDocumentId'] : undefined;
    const earlier =
      documentId === undefined ? [] : org.records.find('ContentVersion', { ContentDocumentId: documentId });
    values['VersionNumber'] = String(earlier.length + 1);
    for (const version of earlier) org.records.update('ContentVersion', version.Id, { IsLatest: false }, userId);
    values['ContentDocumentId'] = documentId ?? org.records.insert('ContentDocument', {}, userId).Id;
  },
  finish: ({ org, operation, userId, values }, record) => {
    const documentId = fieldText(record['ContentDocumentId']);
    const { Title, FileExtension, FileType, ContentSize, OwnerId } = record;
    const document = { Title, FileExtension, FileType, ContentSize, OwnerId, PublishStatus: 'P' };
    const latest = { ...withoutUndefined(document), LatestPublishedVersionId: record.Id };
    if (record['IsLatest'] === true) org.records.update('ContentDocument', documentId, latest, userId);
    if (operation !== 'insert' || record['VersionNumber'] !== '1') return;
    const link = { ContentDocumentId: documentId, Visibility: 'AllUsers' };
    org.records.insert('ContentDocumentLink', { ...link, LinkedEntityId: userId, ShareType: 'I' }, userId);
    if (typeof values['FirstPublishLocationId'] !== 'string') return;
    const place = values['FirstPublishLocationId'];
    org.records.insert('ContentDocumentLink', { ...link, LinkedEntityId: place, ShareType: 'V' }, userId);
  },
};

export const contentDocumentRules: ObjectRules = {
  cascade: [
    { sobject: 'ContentVersion', field: 'ContentDocumentId' },
    { sobject: 'ContentDocumentLink', field: 'ContentDocumentId' },
  ],
};

/** One link between a file and a record is enough. */
export const contentLinkRules: ObjectRules = {
  prepare: ({ org, operation, values }) => {
    if (operation !== 'insert') return;
    values['ShareType'] ??= 'V';
    const { ContentDocumentId = null, LinkedEntityId = null } = values;
    if (org.records.find('ContentDocumentLink', { ContentDocumentId, LinkedEntityId }).length === 0) return;
    const message = `Document with ID: ${fieldText(ContentDocumentId)} is already linked with the entity with ID: ${fieldText(LinkedEntityId)}`;
    throw new RecordRefused('DUPLICATE_VALUE', message, ['LinkedEntityId']);
  },
};

export const attachmentRules: ObjectRules = {
  initialize: ownedByUser,
  prepare: ({ values }) => {
    values['BodyLength'] = Buffer.from(fieldText(values['Body'] ?? ''), 'base64').length;
  },
};

function withoutUndefined<T>(values: Record<string, T | undefined>): Record<string, T> {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, T] => entry[1] !== undefined));
}
