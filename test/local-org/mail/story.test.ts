import { afterEach, beforeEach, expect, it } from 'vitest';

import { composeMail } from '../../../src/local-org/mail/outbox/compose.ts';
import { listMail } from '../../../src/local-org/mail/outbox/outbox.ts';
import { receiveMail } from '../../../src/local-org/mail/receive/receive-mail.ts';
import { createRoutingAddress } from '../../../src/local-org/mail/routing/manage-routing.ts';
import { saveRecords } from '../../../src/local-org/records/save/save-records.ts';
import { openOrgState } from '../../../src/local-org/state/open-org.ts';
import type { OpenedOrg } from '../../../src/local-org/state/open-org.ts';
import { apexSourceOrg } from '../apex/apex-source-org.ts';
import { rawMail } from './mail-org.ts';

let opened: OpenedOrg;
beforeEach(() => {
  opened = openOrgState();
});
afterEach(() => {
  opened.close();
});

/** Sends what is stored as outgoing, with the token of its case, and marks cases whose customer wrote. */
const trigger = `
trigger Mailer on EmailMessage (after insert) {
  List<Messaging.SingleEmailMessage> mails = new List<Messaging.SingleEmailMessage>();
  List<Case> answered = new List<Case>();
  for (EmailMessage message : Trigger.new) {
    if (message.Incoming) {
      answered.add(new Case(Id = message.ParentId, Type = 'Other', Reason = UserInfo.getUserType()));
      continue;
    }
    String token = EmailMessages.getFormattedThreadingToken(message.ParentId);
    Messaging.SingleEmailMessage mail = new Messaging.SingleEmailMessage();
    mail.setToAddresses(message.ToAddress.split(';'));
    mail.setSubject(message.Subject);
    mail.setPlainTextBody(message.TextBody + '\\n\\n' + token);
    mail.setReplyTo('support@example.com');
    mail.setReferences(Cases.generateThreadingMessageId(message.ParentId));
    mail.setSaveAsActivity(false);
    mails.add(mail);
  }
  update answered;
  if (!mails.isEmpty()) Messaging.sendEmail(mails);
}`;

it('a mail makes a case, its answer leaves by a trigger, and the reply to that comes back to the same case', async () => {
  const { state } = opened;
  await apexSourceOrg(state, { triggers: { Mailer: trigger } });
  const priority = { caseOrigin: 'Email', casePriority: 'Medium', isVerified: true };
  createRoutingAddress(state, { emailAddress: 'support@example.com', ...priority });

  const first = await receiveMail(state, Buffer.from(rawMail()));
  if (first.outcome !== 'created') throw new Error(JSON.stringify(first));
  expect(state.records.get('Case', first.caseId)).toMatchObject({ Type: 'Other', Reason: 'AutomatedProcess' });

  const values = {
    ParentId: first.caseId,
    ToAddress: 'jane@customer.test',
    Subject: 'Re: My printer burns',
    TextBody: 'Pour water on it.',
    Status: '3',
  };
  const request = { api: 'data', sobject: 'EmailMessage', operation: 'insert', allOrNone: true } as const;
  const userId = state.settings.adminUserId;
  expect(saveRecords(state, { ...request, records: [{ values }], userId })).toMatchObject([{ success: true }]);
  const [sent, ...more] = listMail(state);
  if (sent === undefined) throw new Error('Nothing was sent.');
  expect(more).toEqual([]);
  expect(sent.replyTo).toBe('support@example.com');

  const quoted = Buffer.from(await composeMail(sent))
    .toString()
    .split('\r\n')
    .map((line) => `> ${line}`);
  const byToken = rawMail({
    to: sent.replyTo ?? '',
    subject: 'Re: again',
    body: `Thanks\r\n\r\n${quoted.join('\r\n')}`,
  });
  expect(await receiveMail(state, Buffer.from(byToken))).toMatchObject({
    outcome: 'threaded',
    by: 'token',
    caseId: first.caseId,
  });
  const headers = [`In-Reply-To: ${sent.messageId}`, `References: ${sent.references ?? ''} ${sent.messageId}`];
  const byHeader = rawMail({ to: sent.replyTo ?? '', subject: 'Re: again', body: 'Thanks', headers });
  expect(await receiveMail(state, Buffer.from(byHeader))).toMatchObject({
    outcome: 'threaded',
    by: 'header',
    caseId: first.caseId,
  });
  expect(listMail(state)).toHaveLength(1);
  expect(state.records.all('Case')).toHaveLength(1);
});
