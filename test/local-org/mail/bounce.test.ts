import { expect, it } from 'vitest';

import { sendMail } from '../../../src/local-org/mail/send/send-mail.ts';
import type { Answer } from '../core/org-client.ts';
import { apexTrigger, manifest } from '../metadata/package-zip.ts';
import { deployByRest } from '../metadata/deploy-by-rest.ts';
import { mailOrg, outgoing, records } from './mail-org.ts';

const stage = mailOrg();

function sent(changes: object = {}): { id: string; messageId: string } {
  const { state } = stage.client.org;
  const outcome = state.transaction(() => sendMail(state, outgoing(stage.client, changes)));
  if (!outcome.success || outcome.mail === undefined) throw new Error('The mail was not sent.');
  return outcome.mail;
}
const message = (more: object = {}): Promise<string> =>
  stage.client.create('EmailMessage', { Subject: 'Hello', Status: '3', ToAddress: 'jane@customer.test', ...more });
const bounce = (id: string, body?: object): Promise<Answer> => stage.client.control('POST', `mail/${id}/bounce`, body);

it('a bounce marks the message that is named, as the automated process, and update triggers see it', async () => {
  const { client } = stage;
  const body = `trigger Bounced on EmailMessage (after update) {
    for (EmailMessage message : Trigger.new) {
      if (message.IsBounced && !Trigger.oldMap.get(message.Id).IsBounced) {
        insert new Task(Subject = 'Bounced: ' + message.Subject);
      }
    }
  }`;
  const files = { 'package.xml': manifest({ ApexTrigger: ['Bounced'] }), ...apexTrigger('Bounced', body) };
  expect(await deployByRest(client, files)).toMatchObject({ status: 'Succeeded' });
  const emailMessageId = await message();
  const mail = sent();
  expect(await bounce(mail.id, { emailMessageId })).toMatchObject({
    status: 200,
    body: { id: mail.id, emailMessageId, isBounced: true },
  });
  const soql = 'SELECT IsBounced, LastModifiedBy.Name FROM EmailMessage';
  expect(await records(client, soql)).toMatchObject([
    { IsBounced: true, LastModifiedBy: { Name: 'Automated Process' } },
  ]);
  expect(await records(client, 'SELECT Subject FROM Task')).toMatchObject([{ Subject: 'Bounced: Hello' }]);
});

it('a message with the Message-ID of the mail needs no naming', async () => {
  const mail = sent();
  const emailMessageId = await message({ MessageIdentifier: mail.messageId });
  expect(await bounce(mail.id)).toMatchObject({ status: 200, body: { emailMessageId } });
  const headers = { 'X-Local-Org-Control': 'test' };
  const empty = await stage.client.call('POST', `/_local/mail/${mail.id}/bounce`, '', headers);
  expect(empty).toMatchObject({ status: 200, body: { emailMessageId } });
});

it('what is missing is said', async () => {
  const { client } = stage;
  const mail = sent();
  const said = async (answer: Promise<Answer>): Promise<unknown> => {
    const { status, body } = await answer;
    return [status, body[0].message];
  };
  expect(await said(bounce(mail.id))).toEqual([400, expect.stringContaining('{"emailMessageId": "02s…"}')]);
  expect(await said(bounce(mail.id, { emailMessageId: '02s000000000001AAA' }))).toEqual([
    400,
    'There is no EmailMessage with the id 02s000000000001AAA.',
  ]);
  expect(await said(bounce('99'))).toEqual([404, 'There is no mail 99.']);
  await client.control('PATCH', 'mail/settings', { verifiedDomains: [] });
  const discarded = sent();
  expect(await said(bounce(discarded.id, { emailMessageId: await message() }))).toEqual([
    400,
    `Mail ${discarded.id} was discarded: it went nowhere it could come back from.`,
  ]);
});
