import type { MailRow } from '../../../src/diagnose/forwarding-code/mail/mail-text.ts';

export const mailbox = 'support@acme.test';
/** The generated address of Email-to-Case. */
export const target = 'support@1a2b3c4d5e6f7g8h9i0j.9z-1ab23eaw.um1.case.salesforce.com';

/** The forms of Gmail's links are real, what stands in them is not. */
export const confirm = 'https://mail-settings.google.com/mail/vf-%5BANGjdJ-xYZOlOd0sd3XGb93%5D-GA-lLaZOWeQekwV';
export const cancel = 'https://mail-settings.google.com/mail/uf-%5BANGjdJ8JlEwEVrTSwP_sbwi%5D-GA-lLaZOWeQekwV';

/** A row as Email-to-Case makes it of Gmail's mail; what is given replaces it. */
export function row(change: Partial<MailRow>): MailRow {
  return {
    Id: '02s000000000001AAA',
    ParentId: '500000000000001AAA',
    FromAddress: 'forwarding-noreply@google.com',
    ToAddress: target,
    Subject: `(#123456789) Gmail Forwarding Confirmation - Receive Mail from ${mailbox}`,
    TextBody: englishBody('123456789'),
    HtmlBody: null,
    CreatedDate: '2026-11-29T10:00:00.000+0000',
    ...change,
  };
}

/** Gmail's English text; without a code as it is since the summer of 2026. */
export function englishBody(code?: string, link = confirm): string {
  return [
    `${mailbox} has requested to automatically forward mail to your email`,
    `address ${target}.`,
    ...(code === undefined ? [] : [`Confirmation code: ${code}`]),
    '',
    `To allow ${mailbox} to automatically forward mail to your address,`,
    'please click the link below to confirm the request:',
    '',
    link,
    '',
    'If you click the link and it appears to be broken, please copy and paste it',
    'into a new browser window.',
    '',
    'If you do not approve of this request, no further action is required.',
    'click this link to cancel this verification:',
    cancel,
    '',
    'To learn more about why you might have received this message, please',
    'visit: http://support.google.com/mail/bin/answer.py?answer=184973.',
  ].join('\r\n');
}

/** Gmail's mail as it goes over the wire. */
export function rawGmail({
  code,
  messageId = 'one',
  body,
}: {
  code?: string;
  messageId?: string;
  body?: string;
}): string {
  return [
    'From: Gmail Team <forwarding-noreply@google.com>',
    'To: support@example.com',
    `Subject: (${code === undefined ? '' : `#${code}) `}Gmail Forwarding Confirmation - Receive Mail from ${mailbox}`,
    `Message-ID: <${messageId}@mail.gmail.test>`,
    'Content-Type: text/plain; charset=UTF-8',
    '',
    body ?? englishBody(code),
  ].join('\r\n');
}
