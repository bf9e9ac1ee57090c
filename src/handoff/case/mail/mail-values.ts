import type { MessageInput } from '../../api/schema/message-input.ts';
import type { CaseSettings } from '../case-settings.ts';
import { cutText, writableText } from '../cut-text.ts';
import { Unfit } from '../unfit.ts';
import { htmlOf } from './html-text.ts';
import type { CaseMail, CaseSession } from './write-mail.ts';

/** EmailMessage.Status: `0` New, as mail that comes in; `3` Sent, which our trigger takes for mail to be sent. */
const statuses = { contact: '0', ai: '3' } as const;

const longestSubject = 3000;

/**
 * Fields of an EmailMessage: mail to the contact, or from the contact.
 * @throws Unfit if nobody knows where the contact is
 */
export function mailValues(
  message: MessageInput,
  { contact, subject, caseId }: CaseSession,
  known: CaseMail,
  { from, replyTo }: CaseSettings,
): Record<string, unknown> {
  const address = contact.email ?? known.email;
  if (address === undefined) throw new Unfit(`Neither the session nor Case ${caseId} knows an address of the contact.`);
  const text = writableText(message.text);
  const isOfContact = message.role === 'contact';
  const name = message.name ?? (isOfContact ? contact.name : undefined);
  return {
    ParentId: caseId,
    Incoming: isOfContact,
    Status: statuses[message.role],
    FromAddress: isOfContact ? address : from,
    ...(name === undefined ? {} : { FromName: name }),
    ToAddress: isOfContact ? replyTo : address,
    Subject: cutText(message.subject ?? answerTo(subject ?? known.subject), longestSubject),
    TextBody: text,
    HtmlBody: message.html === undefined ? htmlOf(text) : writableText(message.html),
  };
}

function answerTo(subject = 'Your request'): string {
  return /^\s*re:/i.test(subject) ? subject : `Re: ${subject}`;
}
