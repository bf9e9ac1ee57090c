import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { StoredRecord } from '../../state/record-store.ts';
import type { Mailbox } from '../outbox/outbox.ts';
import { maySendFrom } from './org-wide-access.ts';
import { MailRefused } from './outgoing-mail.ts';
import type { OutgoingMail } from './outgoing-mail.ts';

/**
 * Who the mail is from: the org-wide address if one is named, otherwise the running user.
 * @throws MailRefused for an address that is unknown, not for this user or not verified, or a display name beside that of
 * the address
 */
export function senderOf(org: OrgState, mail: OutgoingMail): Mailbox {
  if (mail.orgWideEmailAddressId !== undefined) return orgWideSender(org, mail, mail.orgWideEmailAddressId);
  const user = org.records.get('User', mail.userId);
  if (user === undefined) throw new MailRefused('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
  const name = mail.senderDisplayName ?? textOr(user, 'SenderName', 'Name');
  return { name, address: textOr(user, 'SenderEmail', 'Email') };
}

function orgWideSender(org: OrgState, mail: OutgoingMail, id: string): Mailbox {
  const row = org.records.get('OrgWideEmailAddress', id);
  if (row === undefined) {
    throw new MailRefused('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', ['orgWideEmailAddressId', id]);
  }
  if (!maySendFrom(org, row, mail.userId)) {
    const message = 'Not profiled to access this Org-wide Email Address';
    throw new MailRefused('INSUFFICIENT_ACCESS_OR_READONLY', message, ['orgWideEmailAddressId', id]);
  }
  const address = fieldText(row['Address']);
  const displayName = fieldText(row['DisplayName']);
  if (mail.senderDisplayName !== undefined && displayName !== '') {
    const message =
      'Only one of the two may be set: senderDisplayName, or the display name of the organization-wide address';
    throw new MailRefused('DUPLICATE_SENDER_DISPLAY_NAME', message, ['senderDisplayName', mail.senderDisplayName]);
  }
  if (row['IsVerified'] !== true) {
    const message = `Organization-Wide Email Address is not verified: ${address}`;
    throw new MailRefused('UNVERIFIED_SENDER_ADDRESS', message, ['orgWideEmailAddressId', id]);
  }
  return { name: mail.senderDisplayName ?? displayName, address };
}

function textOr(row: StoredRecord, first: string, second: string): string {
  return fieldText(row[first]) || fieldText(row[second]);
}
