import type { OrgState } from '../../state/org-state.ts';
import { mailSettings } from '../mail-settings.ts';
import type { OutboxMail } from '../outbox/outbox.ts';
import { postMail } from '../outbox/post-mail.ts';

/** A mail of the platform itself. */
export interface SystemMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Of the header X-SFDC-EmailCategory. */
  readonly category: string;
}

/**
 * Sends a mail of the system, which counts against no limit and needs no verified domain.
 * @returns undefined where the access level of Deliverability is "No access": nothing leaves such an org
 */
export function sendSystemMail(org: OrgState, mail: SystemMail): OutboxMail | undefined {
  if (mailSettings(org).deliverability === 'none') return undefined;
  return postMail(org, {
    status: 'sent',
    logLine: '250 2.0.0 OK, message accepted',
    userId: org.settings.adminUserId,
    from: { name: 'Salesforce', address: 'noreply@salesforce.com' },
    replyTo: undefined,
    to: [mail.to],
    cc: [],
    bcc: [],
    subject: mail.subject,
    text: mail.text,
    html: undefined,
    inReplyTo: undefined,
    references: undefined,
    headers: {
      'X-SFDC-LK': org.settings.organizationId.slice(0, 15),
      'X-SFDC-EmailCategory': mail.category,
    },
    attachments: [],
  });
}
