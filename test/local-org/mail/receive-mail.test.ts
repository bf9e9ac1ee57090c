import { describe, expect, it } from 'vitest';

import type { SaveEvent } from '../../../src/local-org/state/save-hooks.ts';
import { mailOrg, rawMail, receive, records, routingAddress } from './mail-org.ts';

const org = mailOrg();

describe('a mail to a verified routing address', () => {
  it('becomes a case with the values of the routing address, and a message on it', async () => {
    const routing = await routingAddress(org.client, { saveEmailHeaders: true, casePriority: 'High' });
    const { status, body } = await receive(org.client, rawMail({ messageId: '<first@customer.test>' }));
    expect(status).toBe(200);
    expect(body).toMatchObject({ outcome: 'created', caseNumber: '00001001', fileIds: [] });

    const [record] = await records(
      org.client,
      'SELECT Id, Subject, Description, SuppliedEmail, SuppliedName, Origin, Priority, Status, OwnerId, ContactId, CreatedBy.Name FROM Case',
    );
    expect(record).toMatchObject({
      Id: body.caseId,
      Subject: 'My printer burns',
      Description: 'Please help.\n',
      SuppliedEmail: 'jane@customer.test',
      SuppliedName: 'Jane Doe',
      Origin: 'Email',
      Priority: 'High',
      Status: 'New',
      OwnerId: org.client.org.state.settings.adminUserId,
      ContactId: null,
      CreatedBy: { Name: 'Automated Process' },
    });

    const [message] = await records(
      org.client,
      'SELECT Id, ParentId, Incoming, Status, FromAddress, FromName, ToAddress, CcAddress, Subject, TextBody, HtmlBody, MessageDate, MessageIdentifier, ThreadIdentifier, Headers, HasAttachment, EmailRoutingAddressId FROM EmailMessage',
    );
    expect(message).toMatchObject({
      Id: body.emailMessageId,
      ParentId: body.caseId,
      Incoming: true,
      Status: '0',
      FromAddress: 'jane@customer.test',
      FromName: 'Jane Doe',
      ToAddress: 'support@example.com',
      CcAddress: null,
      Subject: 'My printer burns',
      TextBody: 'Please help.\n',
      HtmlBody: null,
      MessageDate: '2026-11-24T09:00:00.000+0000',
      MessageIdentifier: '<first@customer.test>',
      ThreadIdentifier: '<first@customer.test>',
      HasAttachment: false,
      EmailRoutingAddressId: routing.id,
    });
    expect(message.Headers).toContain('Message-ID: <first@customer.test>');
  });

  it('keeps no headers unless the routing address says so', async () => {
    await routingAddress(org.client);
    await receive(org.client, rawMail());
    expect(await records(org.client, 'SELECT Headers FROM EmailMessage')).toMatchObject([{ Headers: null }]);
  });

  it('is found by Cc, by the generated address, and by where it was delivered to', async () => {
    const { emailServicesAddress } = await routingAddress(org.client);
    expect(emailServicesAddress).toMatch(/^support@[a-z0-9.-]+\.case\.salesforce\.com$/);
    const ways = [
      rawMail({ to: 'Someone <else@example.com>', headers: ['Cc: "S" <SUPPORT@Example.com>'] }),
      rawMail({ to: emailServicesAddress }),
      rawMail({ to: 'info@other.test', headers: [`Delivered-To: ${emailServicesAddress}`] }),
      rawMail({ to: 'info@other.test', headers: [`X-Forwarded-To: ${emailServicesAddress}`] }),
      rawMail({ to: 'Team: x@y.test, support@example.com;' }),
    ];
    for (const raw of ways) expect((await receive(org.client, raw)).body.outcome).toBe('created');
  });

  it('goes to the queue or the user of the routing address', async () => {
    const queue = await org.client.create('Group', { Name: 'Tier 1 Support', Type: 'Queue', DeveloperName: 'Tier_1' });
    await org.client.create('QueueSobject', { QueueId: queue, SobjectType: 'Case' });
    const routing = await routingAddress(org.client, { caseOwner: 'Tier_1', caseOwnerType: 'Queue' });
    await receive(org.client, rawMail());
    const owner = { caseOwner: org.client.org.username, caseOwnerType: 'User' };
    await org.client.control('PATCH', `mail/routing-addresses/${routing.id}`, owner);
    await receive(org.client, rawMail());
    expect(await records(org.client, 'SELECT OwnerId FROM Case ORDER BY CaseNumber')).toMatchObject([
      { OwnerId: queue },
      { OwnerId: org.client.org.state.settings.adminUserId },
    ]);
  });

  it('is the case of the one contact with the address of its sender', async () => {
    await routingAddress(org.client);
    await org.client.create('Contact', { LastName: 'Nobody' });
    const contact = await org.client.create('Contact', { LastName: 'Doe', Email: 'Jane@Customer.test' });
    await receive(org.client, rawMail());
    await org.client.create('Contact', { LastName: 'Twin', Email: 'jane@customer.test' });
    await receive(org.client, rawMail());
    await receive(org.client, rawMail({ from: 'Mail system <>' }));
    expect(await records(org.client, 'SELECT ContactId FROM Case ORDER BY CaseNumber')).toMatchObject([
      { ContactId: contact },
      { ContactId: null },
      { ContactId: null },
    ]);
  });

  it('brings its files, in any encoding, with its bodies', async () => {
    await routingAddress(org.client);
    const raw = [
      'From: =?utf-8?Q?J=C3=A4ne?= <jane@customer.test>',
      'To: a@x.test, support@example.com, "A" <A@x.test>',
      'Subject: =?iso-8859-1?Q?Gr=FC=DFe?=',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=m',
      '',
      '--m',
      'Content-Type: multipart/alternative; boundary=a',
      '',
      '--a',
      'Content-Type: text/plain; charset=iso-8859-1',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'Gr=FC=DFe',
      '--a',
      'Content-Type: text/html; charset=utf-8',
      '',
      '<p>Grüße</p>',
      '--a--',
      '--m',
      'Content-Type: application/pdf; name="a b.pdf"',
      'Content-Disposition: attachment; filename="a b.pdf"',
      'Content-Transfer-Encoding: base64',
      '',
      'JVBERi0=',
      '--m',
      'Content-Type: message/rfc822',
      '',
      'Subject: forwarded',
      '',
      'inner',
      '--m',
      'Content-Type: text/plain; name=empty.txt',
      'Content-Disposition: attachment; filename=empty.txt',
      'Content-Transfer-Encoding: base64',
      '',
      '',
      '--m--',
      '',
    ].join('\r\n');
    const { body } = await receive(org.client, raw);
    expect(body.fileIds).toHaveLength(2);
    const [message] = await records(
      org.client,
      'SELECT Subject, FromName, ToAddress, TextBody, HtmlBody, HasAttachment, MessageIdentifier FROM EmailMessage',
    );
    expect(message).toMatchObject({
      Subject: 'Grüße',
      FromName: 'Jäne',
      ToAddress: 'A@x.test; support@example.com',
      HasAttachment: true,
      MessageIdentifier: null,
    });
    expect(message.TextBody.trim()).toBe('Grüße');
    expect(message.HtmlBody.trim()).toBe('<p>Grüße</p>');
    const links = await records(
      org.client,
      `SELECT ContentDocument.Title, ContentDocument.FileExtension FROM ContentDocumentLink WHERE LinkedEntityId = '${body.emailMessageId}'`,
    );
    expect(links[0]).toMatchObject({ ContentDocument: { Title: 'a b', FileExtension: 'pdf' } });
    expect(links).toHaveLength(2);
    const { state } = org.client.org;
    expect(state.records.all('ContentVersion')[0]?.['VersionData']).toBe('JVBERi0=');
  });

  it('has a plain body even if it came with HTML alone', async () => {
    await routingAddress(org.client);
    const html =
      '<html><head><style>p{}</style></head><body><p>Fish &amp; chips&nbsp;&#8364;5</p><p>Two<br>lines</p></body></html>';
    await receive(org.client, rawMail({ body: html }).replace('text/plain', 'text/html'));
    expect(await records(org.client, 'SELECT TextBody FROM EmailMessage')).toMatchObject([
      { TextBody: 'Fish & chips €5\nTwo\nlines' },
    ]);
  });

  it('is cut where the platform cuts it', async () => {
    await routingAddress(org.client, { saveEmailHeaders: true });
    const headers = Array.from({ length: 500 }, (_, index) => `X-Long-${index}: ${'h'.repeat(80)}`);
    await receive(org.client, rawMail({ subject: 'S'.repeat(900), body: 'b'.repeat(140_000), headers }));
    const [message] = await records(org.client, 'SELECT Subject, TextBody, Headers FROM EmailMessage');
    expect([message.Subject.length, message.TextBody.length, message.Headers.length]).toEqual([900, 131_072, 32_000]);
    const [record] = await records(org.client, 'SELECT Subject, Description FROM Case');
    expect([record.Subject.length, record.Description.length]).toEqual([255, 32_000]);
  });

  it('brings the code with which Gmail confirms a forwarding', async () => {
    const { emailServicesAddress } = await routingAddress(org.client);
    const body = `support@example.com has requested to automatically forward mail to your email\naddress ${emailServicesAddress}.\nConfirmation code: 123456789\n`;
    const from = 'Gmail Team <forwarding-noreply@google.com>';
    await receive(org.client, rawMail({ from, to: emailServicesAddress, subject: '(#123456789) Confirmation', body }));
    const [message] = await records(
      org.client,
      "SELECT Id, Subject, TextBody, CreatedDate FROM EmailMessage WHERE FromAddress = 'forwarding-noreply@google.com' ORDER BY CreatedDate DESC LIMIT 1",
    );
    expect(/Confirmation code: (\d{9})/.exec(message.TextBody)?.[1]).toBe('123456789');
  });
});

describe('a mail that is dropped leaves no trace', () => {
  const dropped = async (raw: string): Promise<unknown> => {
    const { status, body } = await receive(org.client, raw);
    expect(status).toBe(200);
    expect(body.outcome).toBe('ignored');
    return body.reason;
  };
  const cases = async (): Promise<number> => (await records(org.client, 'SELECT Id FROM Case')).length;

  it('if no routing address has it', async () => {
    await routingAddress(org.client);
    expect(await dropped(rawMail({ to: 'info@example.com' }))).toBe('no-routing-address');
    expect(await cases()).toBe(0);
  });

  it('until its routing address is verified', async () => {
    const { id } = await routingAddress(org.client, { isVerified: false });
    expect(await dropped(rawMail())).toBe('not-verified');
    await org.client.control('PATCH', `mail/routing-addresses/${id}`, { isVerified: true });
    expect((await receive(org.client, rawMail())).body.outcome).toBe('created');
    expect(await cases()).toBe(1);
  });

  it('if Email-to-Case is off', async () => {
    await routingAddress(org.client);
    await org.client.control('PATCH', 'mail/settings', { emailToCase: false });
    expect(await dropped(rawMail())).toBe('email-to-case-off');
  });

  it('if its sender is not one of those the routing address takes mail from', async () => {
    await routingAddress(org.client, { authorizedSenders: 'ann@partner.test, @customer.test' });
    expect(await dropped(rawMail({ from: 'bob@partner.test' }))).toBe('unauthorized-sender');
    expect((await receive(org.client, rawMail({ from: 'Ann@partner.test' }))).body.outcome).toBe('created');
    expect((await receive(org.client, rawMail({ from: 'bob@customer.test' }))).body.outcome).toBe('created');
    expect(await dropped(rawMail({ from: 'bob@notcustomer.test' }))).toBe('unauthorized-sender');
  });

  it('if it came before', async () => {
    await routingAddress(org.client);
    const raw = rawMail();
    expect((await receive(org.client, raw)).body.outcome).toBe('created');
    expect(await dropped(raw)).toBe('duplicate');
    expect(await cases()).toBe(1);
  });

  it('if it comes from a routing address of the org itself', async () => {
    await routingAddress(org.client);
    expect(await dropped(rawMail({ from: 'Support <support@example.com>' }))).toBe('own-routing-address');
  });

  it('if it is the automatic answer of a Salesforce org; those of people are not told apart', async () => {
    await routingAddress(org.client);
    const auto = 'Auto-Submitted: auto-replied';
    expect(await dropped(rawMail({ headers: [auto, 'X-SFDC-LK: 00D000000000001'] }))).toBe('auto-response');
    expect((await receive(org.client, rawMail({ headers: [auto] }))).body.outcome).toBe('created');
  });

  it('if it is larger than 25 MB', async () => {
    await routingAddress(org.client);
    expect(await dropped(rawMail({ body: 'x'.repeat(25 * 1024 * 1024) }))).toBe('too-large');
  });
});

describe('a mail that is no mail', () => {
  it.each([
    ['garbage'],
    ['\0\x01\x02'],
    ['From: x'],
    [': \r\n\r\n'],
    ['Content-Type: multipart/mixed; boundary=x\r\n\r\n--x'],
  ])('is dropped and does no harm: %j', async (raw) => {
    await routingAddress(org.client);
    expect((await receive(org.client, raw)).body).toMatchObject({ outcome: 'ignored', reason: 'no-routing-address' });
  });

  it('is refused if it is empty, or nested beyond reason', async () => {
    expect((await receive(org.client, '')).status).toBe(400);
    let deep = '';
    for (let level = 0; level < 400; level += 1) {
      deep += `Content-Type: multipart/mixed; boundary=b${level}\r\n\r\n--b${level}\r\n`;
    }
    expect((await receive(org.client, deep)).status).toBe(400);
  });
});

describe('triggers', () => {
  it('see the case, then the message without its files, then the files, in one transaction', async () => {
    await routingAddress(org.client);
    const { state } = org.client.org;
    const seen: string[] = [];
    const linked = (event: SaveEvent): number =>
      event.changes.flatMap((change) =>
        state.records.find('ContentDocumentLink', { LinkedEntityId: change.values?.['Id'] ?? '' }),
      ).length;
    let transactions = 0;
    state.saveHooks = {
      concerns: () => true,
      transaction: (_userId, work) => {
        transactions += transactions === 0 ? 1 : 0;
        return state.transaction(work);
      },
      attempt: () => () => undefined,
      before: () => undefined,
      after: (event) => {
        seen.push(`${event.sobject}${event.sobject === 'EmailMessage' ? ` files:${linked(event)}` : ''}`);
      },
    };
    const file = 'Content-Disposition: attachment; filename=a.txt';
    await receive(org.client, rawMail({ headers: [file] }));
    expect(seen).toEqual(['Case', 'EmailMessage files:0', 'ContentVersion', 'ContentDocumentLink']);
    expect(transactions).toBe(1);
  });

  it('that refuse the message take everything back', async () => {
    await routingAddress(org.client);
    const { state } = org.client.org;
    state.saveHooks = {
      concerns: () => true,
      transaction: (_userId, work) => state.transaction(work),
      attempt: () => () => undefined,
      before: () => undefined,
      after: (event) => {
        if (event.sobject === 'EmailMessage') event.changes[0]?.fail('not today');
      },
    };
    const { body } = await receive(org.client, rawMail());
    expect(body).toEqual({
      outcome: 'failed',
      errors: [{ statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'not today', fields: [] }],
    });
    expect(state.records.all('Case')).toEqual([]);
  });
});
