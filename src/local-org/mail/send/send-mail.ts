import { isEmailAddress } from '../../records/save/coerce-value.ts';
import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import { mailSettings } from '../mail-settings.ts';
import type { Mailbox, OutboxMail } from '../outbox/outbox.ts';
import { postMail } from '../outbox/post-mail.ts';
import { mailCapacity, useMailCapacity } from './daily-limit.ts';
import { maySendMail } from './deliverability.ts';
import { MailRefused } from './outgoing-mail.ts';
import type { OutgoingMail, SendOutcome } from './outgoing-mail.ts';
import { recipientsOf } from './recipients.ts';
import type { Recipients } from './recipients.ts';
import { senderOf } from './sender.ts';
import { mayLeaveFrom, substituteAddress } from './sending-domain.ts';
import { withSignature } from './signature.ts';

/** Bytes of all attachments of a mail together. */
const MAX_ATTACHMENT_BYTES = 10 * 1024 * 1024;

const PRIORITIES: Readonly<Record<NonNullable<OutgoingMail['priority']>, string>> = {
  Highest: '1 (Highest)',
  High: '2 (High)',
  Normal: '3 (Normal)',
  Low: '4 (Low)',
  Lowest: '5 (Lowest)',
};

export interface SendOptions {
  /** False checks and answers, but puts nothing into the outbox and uses nothing of the day: what tests do. */
  readonly deliver: boolean;
}

/**
 * Sends one mail as `Messaging.sendEmail` does: checks it, and puts what is accepted into the outbox. Belongs into a
 * transaction: what is rolled back was never sent. It writes no activity.
 */
export function sendMail(org: OrgState, mail: OutgoingMail, { deliver }: SendOptions = { deliver: true }): SendOutcome {
  try {
    const { from, recipients } = checkedMail(org, mail);
    if (!deliver) return { success: true, mail: undefined };
    useMailCapacity(org, recipients.counted);
    return { success: true, mail: accept(org, mail, from, recipients) };
  } catch (error) {
    if (!(error instanceof MailRefused)) throw error;
    return { success: false, problem: error.problem };
  }
}

function checkedMail(org: OrgState, mail: OutgoingMail): { from: Mailbox; recipients: Recipients } {
  if (!maySendMail(org, mail.userId)) {
    throw new MailRefused(
      'NO_MASS_MAIL_PERMISSION',
      'Single email is not enabled for your organization or profile. Single email must be enabled for you to use this feature.',
    );
  }
  const from = senderOf(org, mail);
  const recipients = recipientsOf(org, mail);
  checkContent(mail);
  if (recipients.counted > mailCapacity(org)) {
    throw new MailRefused('SINGLE_EMAIL_LIMIT_EXCEEDED', 'Failed to send email');
  }
  return { from, recipients };
}

function checkContent(mail: OutgoingMail): void {
  if (mail.replyTo !== undefined && !isEmailAddress(mail.replyTo)) {
    throw new MailRefused('INVALID_EMAIL_ADDRESS', `Email address is invalid: ${mail.replyTo}`, [
      'replyTo',
      mail.replyTo,
    ]);
  }
  if ((mail.text ?? '') === '' && (mail.html ?? '') === '') {
    throw new MailRefused('REQUIRED_FIELD_MISSING', 'Missing body, need at least one of html or plainText');
  }
  const bytes = mail.attachments.reduce((sum, { base64 }) => sum + Buffer.byteLength(base64, 'base64'), 0);
  if (bytes > MAX_ATTACHMENT_BYTES) {
    throw new MailRefused('STORAGE_LIMIT_EXCEEDED', 'Email size exceeds maximum limit.');
  }
}

function accept(org: OrgState, mail: OutgoingMail, sender: Mailbox, { to, cc, bcc }: Recipients): OutboxMail {
  const { substituteFrom } = mailSettings(org);
  const mayLeave = mayLeaveFrom(org, sender.address);
  const from = mayLeave || !substituteFrom ? sender : { ...sender, address: substituteAddress(org) };
  const isSent = mayLeave || substituteFrom;
  return postMail(org, {
    status: isSent ? 'sent' : 'discarded',
    logLine: isSent ? '250 2.0.0 OK, message accepted' : '550 5.7.1 Delivery not authorized, message discarded',
    userId: mail.userId,
    from,
    replyTo: mail.replyTo,
    to,
    cc,
    bcc: mail.bccSender ? [...bcc, sender.address] : bcc,
    subject: mail.subject ?? '',
    ...withSignature(mail, fieldText(org.records.get('User', mail.userId)?.['Signature'])),
    inReplyTo: mail.inReplyTo,
    references: mail.references,
    headers: headersOf(org, mail),
    attachments: mail.attachments,
  });
}

/** What Salesforce's servers write into mail from Apex. */
function headersOf(org: OrgState, { userId, priority }: OutgoingMail): Record<string, string> {
  return {
    ...(priority === undefined || priority === 'Normal' ? {} : { 'X-Priority': PRIORITIES[priority] }),
    'X-SFDC-LK': org.settings.organizationId.slice(0, 15),
    'X-SFDC-User': userId.slice(0, 15),
    'X-SFDC-EmailCategory': 'apiSingleMailViaApex',
  };
}
