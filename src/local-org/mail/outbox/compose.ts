import { createHash } from 'node:crypto';

import type { OutboxMail } from './outbox.ts';

/**
 * A mail of the outbox as RFC 5322 bytes, without its Bcc. The same mail gives the same bytes each time: its date, its
 * Message-ID and the boundaries of its parts do not change.
 */
export async function composeMail(mail: OutboxMail): Promise<Uint8Array> {
  // Loaded when the first mail is looked at, not when the org starts.
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const composer = new MailComposer({
    from: mail.from,
    to: [...mail.to],
    cc: [...mail.cc],
    replyTo: mail.replyTo,
    subject: mail.subject,
    date: new Date(mail.createdDate),
    messageId: mail.messageId,
    inReplyTo: mail.inReplyTo,
    references: mail.references,
    headers: { ...mail.headers },
    text: mail.text,
    html: mail.html,
    attachments: mail.attachments.map((attachment) => ({
      filename: attachment.fileName,
      contentType: attachment.contentType,
      contentDisposition: attachment.inline ? 'inline' : 'attachment',
      content: Buffer.from(attachment.base64, 'base64'),
    })),
    baseBoundary: createHash('sha256').update(mail.messageId).digest('hex').slice(0, 16),
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return await composer.compile().build();
}
