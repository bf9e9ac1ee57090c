import type { WebhookPayload } from '../../blueprint/webhook-contract.ts';
import type { Happening, Place } from './happening.ts';
import { ownMessageId } from './own-message.ts';
import type { SessionFile, ToldMessage } from './session-event.ts';
import type { SessionContact } from './session.ts';
import { transitions } from './transitions.ts';

type EmailPayload = Extract<WebhookPayload, { name: 'customerEmail' | 'agentEmail' | 'emailBounced' }>;

/** A Case begins a session. */
export function beginning(payload: WebhookPayload): Happening {
  const { caseSubject, contactEmail, suppliedEmail, suppliedName } = payload;
  const email = contactEmail ?? suppliedEmail;
  const contact: SessionContact = {
    ...(suppliedName === null ? {} : { name: suppliedName }),
    ...(email === null ? {} : { email }),
  };
  return { type: 'case-created', contact, subject: caseSubject ?? undefined, ...placeOf(payload) };
}

/** What a webhook shows beside that there is a Case; undefined if nothing: the mail is one that `serve` wrote itself. */
export function happeningOf(payload: WebhookPayload): Happening | undefined {
  const place = placeOf(payload);
  switch (payload.name) {
    case 'caseCreated':
      return undefined;
    case 'customerEmail':
      if (ownMessageId(payload.messageIdentifier) !== undefined) return undefined;
      return { type: 'contact-wrote', message: messageOf(payload), ...place };
    case 'agentEmail':
      return { type: 'agent-wrote', message: messageOf(payload), ...place };
    case 'ownerChanged':
      return { type: 'owner-changed', reason: ownerReason(payload.newOwnerType), ...place };
    case 'emailBounced':
      return { type: 'mail-bounced', message: messageOf(payload), reason: bounceReason(payload), ...place };
    case 'caseClosed':
      return { type: 'case-closed', ...place };
  }
}

/** The same for other sessions of the Case: the message itself is told of one session alone. */
export function withoutMessage(happening: Happening): Happening | undefined {
  if (happening.type === 'agent-wrote') return { type: 'owner-changed', reason: transitions['agent-wrote'].because };
  return 'message' in happening ? undefined : happening;
}

function placeOf({ caseId, caseNumber, contactId }: WebhookPayload): Place {
  return { caseId, caseNumber: caseNumber ?? undefined, contactId: contactId ?? undefined };
}

/** A mail that stands for a message has that one's id. */
function messageOf(payload: EmailPayload): ToldMessage {
  const { emailMessageId, messageIdentifier, fromName, fromAddress, subject, textBody, htmlBody } = payload;
  const from = {
    ...(fromName === null ? {} : { name: fromName }),
    ...(fromAddress === null ? {} : { address: fromAddress }),
  };
  const files = payload.attachments.map(({ attachmentId, attachmentName, attachmentSize }): SessionFile => ({
    id: attachmentId,
    name: attachmentName,
    ...(attachmentSize === null ? {} : { size: attachmentSize }),
  }));
  return {
    id: ownMessageId(messageIdentifier) ?? emailMessageId,
    ...(fromName === null && fromAddress === null ? {} : { from }),
    ...(subject === null ? {} : { subject }),
    text: textBody ?? '',
    ...(htmlBody === null ? {} : { html: htmlBody }),
    ...(files.length === 0 ? {} : { files }),
  };
}

function ownerReason(type: 'User' | 'Queue'): string {
  return type === 'User' ? 'the Case was given to a representative' : 'the Case was given to a queue';
}

/** Salesforce says that a mail bounced (`IsBounced`), and nowhere why. */
function bounceReason({ toAddresses }: EmailPayload): string {
  return toAddresses.length === 0 ? 'the mail bounced' : `the mail to ${toAddresses.join(', ')} bounced`;
}
