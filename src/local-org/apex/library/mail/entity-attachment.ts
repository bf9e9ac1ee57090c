import type { MailAttachment } from '../../../mail/outbox/outbox.ts';
import { MailRefused } from '../../../mail/send/outgoing-mail.ts';
import { fieldText } from '../../../state/field-text.ts';
import type { OrgState } from '../../../state/org-state.ts';
import { toId18 } from '../../../store/record-id.ts';

/**
 * A file of the org as an attachment, by the id of a ContentVersion or Attachment. Documents are no object of this org.
 * @throws MailRefused INVALID_ID_FIELD, INVALID_CROSS_REFERENCE_KEY
 */
export function entityAttachment(org: OrgState, id: string): MailAttachment {
  const id18 = toId18(id);
  const version = id18?.startsWith('068') === true ? org.records.get('ContentVersion', id18) : undefined;
  if (version !== undefined) {
    const title = fieldText(version['Title']);
    const extension = fieldText(version['FileExtension']);
    const fileName = extension === '' || title.endsWith(`.${extension}`) ? title : `${title}.${extension}`;
    return { fileName, inline: false, base64: fieldText(version['VersionData']) };
  }
  const attachment = id18?.startsWith('00P') === true ? org.records.get('Attachment', id18) : undefined;
  if (attachment !== undefined) {
    const contentType = fieldText(attachment['ContentType']);
    return {
      fileName: fieldText(attachment['Name']),
      ...(contentType === '' ? {} : { contentType }),
      inline: false,
      base64: fieldText(attachment['Body']),
    };
  }
  if (id18 !== undefined && /^(?:068|00P)/.test(id18)) {
    throw new MailRefused('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', ['entityAttachments', id]);
  }
  const message = 'Only Document, ContentVersion and Attachment ids are allowed for entityAttachments';
  throw new MailRefused('INVALID_ID_FIELD', message, ['entityAttachments', id]);
}
