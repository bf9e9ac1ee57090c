import { RestError } from '../../http/rest-error.ts';
import { saveRecords } from '../../records/save/save-records.ts';
import { restErrorOf } from '../../records/save/save-error.ts';
import type { OrgState } from '../../state/org-state.ts';
import { automatedProcessUser } from '../receive/automated-process.ts';
import type { OutboxMail } from './outbox.ts';

/**
 * What Salesforce does when a sent mail comes back: the automated process sets `IsBounced` of the message it was (help,
 * "IsBounced"), and update triggers see it. Mail that Apex sends has no message of its own, and says nowhere which one it
 * was sent for; only one with the Message-ID of the mail is found.
 * @param given id of the EmailMessage, where the outbox cannot know it
 * @throws RestError 400 for mail that was never sent, or a message that is not known; what a trigger says
 */
export function bounceMail(org: OrgState, mail: OutboxMail, given: string | undefined): { emailMessageId: string } {
  if (mail.status !== 'sent') {
    throw new RestError(
      400,
      'INVALID_REQUEST',
      `Mail ${mail.id} was discarded: it went nowhere it could come back from.`,
    );
  }
  const id = emailMessageOf(org, mail, given);
  const records = [{ id, values: { IsBounced: true } }];
  const request = { api: 'data', mode: 'system', operation: 'update', allOrNone: true } as const;
  const userId = automatedProcessUser(org);
  const [result] = saveRecords(org, { ...request, sobject: 'EmailMessage', records, userId });
  const [error] = result?.errors ?? [];
  if (error !== undefined) throw restErrorOf(error);
  return { emailMessageId: id };
}

function emailMessageOf(org: OrgState, mail: OutboxMail, given: string | undefined): string {
  if (given !== undefined) {
    const row = org.records.get('EmailMessage', given);
    if (row !== undefined) return row.Id;
    throw new RestError(400, 'INVALID_REQUEST', `There is no EmailMessage with the id ${given}.`);
  }
  const [match] = org.records.find('EmailMessage', { MessageIdentifier: mail.messageId });
  if (match !== undefined) return match.Id;
  throw new RestError(
    400,
    'INVALID_REQUEST',
    `No EmailMessage has the Message-ID of mail ${mail.id}, as none has of mail that Apex sends. Name the one it was sent for: {"emailMessageId": "02s…"}.`,
  );
}
