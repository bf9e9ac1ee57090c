import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { changeMailSettings } from '../../../../../src/local-org/mail/mail-settings.ts';
import { listMail } from '../../../../../src/local-org/mail/outbox/outbox.ts';
import type { OutboxMail } from '../../../../../src/local-org/mail/outbox/outbox.ts';
import { openOrgState } from '../../../../../src/local-org/state/open-org.ts';
import type { OpenedOrg } from '../../../../../src/local-org/state/open-org.ts';
import { runApex } from '../../run-apex.ts';

let opened: OpenedOrg;
beforeEach(() => {
  opened = openOrgState();
});
afterEach(() => {
  opened.close();
});

const run = (source: string, classes: Record<string, string> = {}): Promise<string[]> =>
  runApex(source, { org: opened.state, classes });
const outbox = (): OutboxMail[] => listMail(opened.state);

const mail = `
  Messaging.SingleEmailMessage mail = new Messaging.SingleEmailMessage();
  mail.setToAddresses(new List<String>{ 'jane@customer.test' });
  mail.setSubject('Hello');
  mail.setPlainTextBody('Hello Jane');
`;
const list = 'new List<Messaging.SingleEmailMessage>{ mail }';
/** Sends a second mail with an address that is none beside the first. */
const withBad = `
  Messaging.SingleEmailMessage bad = new Messaging.SingleEmailMessage();
  bad.setToAddresses(new String[]{ 'nowhere' });
  bad.setPlainTextBody('x');
  List<Messaging.SingleEmailMessage> mails = new List<Messaging.SingleEmailMessage>{ mail, bad };
`;

describe('Messaging.sendEmail', () => {
  it('puts a mail with all of its parts into the outbox', async () => {
    await run(`${mail}
      mail.setCcAddresses(new List<String>{ 'cc@customer.test' });
      mail.setBccAddresses(new List<String>{ 'bcc@customer.test' });
      mail.setHtmlBody('<p>Hello Jane</p>');
      mail.setReplyTo('support@example.com');
      mail.setSenderDisplayName('Support');
      mail.setInReplyTo('<a@b>');
      mail.setReferences('<a@b> <c@d>');
      mail.setSaveAsActivity(false);
      Messaging.EmailFileAttachment file = new Messaging.EmailFileAttachment();
      file.setFileName('a.txt');
      file.setContentType('text/plain');
      file.setBody(Blob.valueOf('hi'));
      mail.setFileAttachments(new List<Messaging.EmailFileAttachment>{ file });
      Messaging.sendEmail(${list});
    `);
    expect(outbox()).toMatchObject([
      {
        status: 'sent',
        from: { name: 'Support', address: 'admin@local-org.test' },
        replyTo: 'support@example.com',
        to: ['jane@customer.test'],
        cc: ['cc@customer.test'],
        bcc: ['bcc@customer.test'],
        subject: 'Hello',
        text: 'Hello Jane',
        html: '<p>Hello Jane</p>',
        inReplyTo: '<a@b>',
        references: '<a@b> <c@d>',
        attachments: [{ fileName: 'a.txt', contentType: 'text/plain', inline: false, base64: 'aGk=' }],
      },
    ]);
  });

  it('answers each mail with a result', async () => {
    const seen = await run(`${mail}
      List<Messaging.SendEmailResult> results = Messaging.sendEmail(${list});
      System.debug(results.size() + ' ' + results[0].isSuccess() + ' ' + results[0].getErrors().size());
    `);
    expect(seen).toEqual(['1 true 0']);
  });

  it('with all or none, throws what is wrong with the first bad mail, and sends none', async () => {
    const seen = await run(`${mail}${withBad}
      try { Messaging.sendEmail(mails); } catch (EmailException e) {
        System.debug(e.getTypeName());
        System.debug(e.getMessage());
      }
    `);
    expect(seen).toEqual([
      'System.EmailException',
      'SendEmail failed. First exception on row 1; first error: INVALID_EMAIL_ADDRESS, Email address is invalid: nowhere: [toAddresses, nowhere]',
    ]);
    expect(outbox()).toEqual([]);
  });

  it('without, sends the good ones and tells about the others', async () => {
    const seen = await run(`${mail}${withBad}
      for (Messaging.SendEmailResult result : Messaging.sendEmail(mails, false)) {
        if (result.isSuccess()) System.debug('fine');
        else for (Messaging.SendEmailError error : result.getErrors()) {
          System.debug(error.getStatusCode() + ' ' + error.getMessage() + ' ' + error.getFields());
          System.debug(error.getStatusCode() == StatusCode.INVALID_EMAIL_ADDRESS);
          System.debug(error.getTargetObjectId());
        }
      }
    `);
    expect(seen).toEqual([
      'fine',
      'INVALID_EMAIL_ADDRESS Email address is invalid: nowhere (toAddresses, nowhere)',
      'true',
      'null',
    ]);
    expect(outbox()).toHaveLength(1);
  });

  it('sends nothing if the transaction fails later', async () => {
    await expect(
      run(`${mail} Messaging.sendEmail(${list}); Integer zero = 0; System.debug(1 / zero);`),
    ).rejects.toThrow('Divide by 0');
    expect(outbox()).toEqual([]);
  });

  it('may be called ten times in a transaction', async () => {
    const seen = await run(`${mail}
      for (Integer i = 0; i < 10; i++) Messaging.sendEmail(${list});
      System.debug(Limits.getEmailInvocations() + ' of ' + Limits.getLimitEmailInvocations());
    `);
    expect(seen).toEqual(['10 of 10']);
    await expect(run(`${mail} for (Integer i = 0; i < 11; i++) Messaging.sendEmail(${list});`)).rejects.toThrow(
      'Too many Email Invocations: 11',
    );
    expect(outbox()).toHaveLength(10);
  });

  it('is pending work, which no callout may follow', async () => {
    const callout = `
      HttpRequest request = new HttpRequest();
      request.setEndpoint('http://127.0.0.1:9/');
      request.setMethod('GET');
      try { new Http().send(request); } catch (CalloutException e) { System.debug(e.getMessage()); }
    `;
    expect(await run(`${mail} Messaging.sendEmail(${list}); ${callout}`)).toEqual([
      'You have uncommitted work pending. Please commit or rollback before calling out',
    ]);
  });

  it('is refused below All email', async () => {
    changeMailSettings(opened.state, { deliverability: 'system' });
    const seen = await run(`${mail}
      Messaging.SendEmailError error = Messaging.sendEmail(${list}, false)[0].getErrors()[0];
      System.debug(error.getStatusCode() + ': ' + error.getMessage());
    `);
    expect(seen).toEqual([
      'NO_MASS_MAIL_PERMISSION: Single email is not enabled for your organization or profile. Single email must be enabled for you to use this feature.',
    ]);
  });

  it('takes null for no list and a null mail for an error of the caller', async () => {
    await expect(run('Messaging.sendEmail(null);')).rejects.toThrow('System.NullPointerException');
    await expect(run('Messaging.sendEmail(new List<Messaging.SingleEmailMessage>{ null });')).rejects.toThrow(
      'System.NullPointerException',
    );
  });

  it('attaches files of the org by their ids', async () => {
    const { state } = opened;
    const userId = state.settings.adminUserId;
    const version = { Title: 'report', FileExtension: 'pdf', PathOnClient: 'report.pdf', VersionData: 'JVBERi0=' };
    const file = state.records.insert('ContentVersion', version, userId);
    await run(`${mail} mail.setEntityAttachments(new List<String>{ '${file.Id}' }); Messaging.sendEmail(${list});`);
    expect(outbox()).toMatchObject([{ attachments: [{ fileName: 'report.pdf', base64: 'JVBERi0=' }] }]);
    const seen = await run(`${mail}
      for (String id : new List<String>{ '068000000000001AAA', '500000000000001AAA', 'x' }) {
        mail.setEntityAttachments(new List<String>{ id });
        System.debug(Messaging.sendEmail(${list}, false)[0].getErrors()[0].getStatusCode());
      }
    `);
    expect(seen).toEqual(['INVALID_CROSS_REFERENCE_KEY', 'INVALID_ID_FIELD', 'INVALID_ID_FIELD']);
  });

  it('says that it saves no activities, where one would be saved', async () => {
    const { state } = opened;
    const contact = { LastName: 'Doe', Name: 'Doe', Email: 'doe@customer.test' };
    const { Id } = state.records.insert('Contact', contact, state.settings.adminUserId);
    await expect(run(`${mail} mail.setTargetObjectId('${Id}'); Messaging.sendEmail(${list});`)).rejects.toThrow(
      'LOCAL_ORG_NOT_IMPLEMENTED',
    );
    await run(`${mail} mail.setTargetObjectId('${Id}'); mail.setSaveAsActivity(false); Messaging.sendEmail(${list});`);
    expect(outbox()).toMatchObject([{ to: ['doe@customer.test', 'jane@customer.test'] }]);
  });

  it('knows no templates: what uses them does not compile', async () => {
    await expect(run(`${mail} mail.setTemplateId('00X000000000001AAA');`)).rejects.toThrow(/settemplateid/i);
  });
});

describe('a mail in Apex', () => {
  it('gives back what it was given, and starts with the documented defaults', async () => {
    const seen = await run(`
      Messaging.SingleEmailMessage mail = new Messaging.SingleEmailMessage();
      System.debug(mail.getSaveAsActivity() + ' ' + mail.getUseSignature() + ' ' + mail.getBccSender());
      System.debug(mail.isTreatTargetObjectAsRecipient() + ' ' + mail.getToAddresses() + ' ' + mail.getSubject());
      mail.subject = 'A';
      mail.toAddresses = new List<String>{ 'x@y.test' };
      System.debug(mail.getSubject() + mail.getToAddresses());
    `);
    expect(seen).toEqual(['true true false', 'true null null', 'A(x@y.test)']);
  });
});

describe('Messaging.reserveSingleEmailCapacity', () => {
  const reserve = (count: number): string => `
    try { Messaging.reserveSingleEmailCapacity(${count}); System.debug('fine'); }
    catch (Exception e) { System.debug(e.getTypeName() + ': ' + e.getMessage()); }
  `;

  it('says whether the day has room for so many', async () => {
    expect(await run(reserve(50) + reserve(51))).toEqual([
      'fine',
      'System.HandledException: The daily limit for the org would be exceeded by this request.',
    ]);
    await run(`${mail} Messaging.sendEmail(${list});`);
    expect(await run(reserve(49))).toEqual(['fine']);
    expect((await run(reserve(50)))[0]).toMatch('System.HandledException');
  });

  it('says that the org may not send at all', async () => {
    changeMailSettings(opened.state, { deliverability: 'none' });
    expect(await run(reserve(1))).toEqual([
      'System.NoAccessException: The organization is not permitted to send email',
    ]);
  });
});
