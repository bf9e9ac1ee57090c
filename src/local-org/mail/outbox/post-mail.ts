import type { OrgState } from '../../state/org-state.ts';
import { mailSettings } from '../mail-settings.ts';
import { mailMessageId } from '../threading/message-id.ts';
import { markForRelay, putMail } from './outbox.ts';
import type { OutboxMail } from './outbox.ts';
import { wakeRelay } from './relay.ts';

/** Puts a new mail into the outbox, and what was sent before the relay if there is one. Belongs into a transaction. */
export function postMail(
  org: OrgState,
  mail: Omit<OutboxMail, 'id' | 'createdDate' | 'messageId' | 'relay'>,
): OutboxMail {
  const id = String(org.nextNumber('mail'));
  const isRelayed = mail.status === 'sent' && mailSettings(org).smtpRelay !== undefined;
  const posted: OutboxMail = {
    id,
    createdDate: org.now().toISOString(),
    messageId: mailMessageId(org, id),
    ...mail,
    ...(isRelayed ? { relay: { state: 'pending', detail: '' } } : {}),
  };
  putMail(org, posted);
  if (isRelayed) {
    markForRelay(org, posted);
    wakeRelay(org);
  }
  return posted;
}
