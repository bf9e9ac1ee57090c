import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { saveRecords } from '../../../../../src/local-org/records/save/save-records.ts';
import { openOrgState } from '../../../../../src/local-org/state/open-org.ts';
import type { OpenedOrg } from '../../../../../src/local-org/state/open-org.ts';
import { runApex } from '../../run-apex.ts';

let opened: OpenedOrg;
let caseId = '';
beforeEach(() => {
  opened = openOrgState();
  const records = [{ values: { Subject: 'Printer' } }];
  const userId = opened.state.settings.adminUserId;
  const request = { api: 'data', sobject: 'Case', operation: 'insert', allOrNone: true } as const;
  caseId = saveRecords(opened.state, { ...request, records, userId })[0]?.id ?? '';
});
afterEach(() => {
  opened.close();
});

const run = (source: string): Promise<string[]> => runApex(source, { org: opened.state });

describe('EmailMessages', () => {
  it('gives a token for a case, the same each time, and finds the case by it', async () => {
    const seen = await run(`
      Id caseId = '${caseId}';
      String token = EmailMessages.getFormattedThreadingToken(caseId);
      System.debug(token == EmailMessages.getFormattedThreadingToken(caseId));
      System.debug(EmailMessages.getRecordIdFromEmail('Re: Hi [ ' + token + ' ]', null, null) == caseId);
      System.debug(EmailMessages.getRecordIdFromEmail('Re: Hi', 'text', '<p>' + token + '</p>') == caseId);
      System.debug(EmailMessages.getRecordIdFromEmail('Re: Hi', 'text', null));
      System.debug(token);
    `);
    expect(seen.slice(0, 4)).toEqual(['true', 'true', 'true', 'null']);
    expect(seen[4]).toMatch(/^thread::[0-9A-Za-z]{22}::$/);
    expect(await run(`System.debug(EmailMessages.getRecordIdFromEmail('${seen[4]}', null, null));`)).toEqual([caseId]);
  });

  it('gives none for a record that is not there', async () => {
    expect(
      await run(`
        System.debug(EmailMessages.getFormattedThreadingToken(null));
        System.debug(EmailMessages.getFormattedThreadingToken('500000000000009AAA'));
      `),
    ).toEqual(['null', 'null']);
  });
});

describe('Cases', () => {
  it('gives a Message-ID for a case, and finds the case by headers that name it', async () => {
    const seen = await run(`
      String messageId = Cases.generateThreadingMessageId('${caseId}');
      Messaging.InboundEmail.Header header = new Messaging.InboundEmail.Header();
      header.name = 'References';
      header.value = '<other@x.test> ' + messageId;
      System.debug(Cases.getCaseIdFromEmailHeaders(new List<Messaging.InboundEmail.Header>{ header }));
      header.name = 'Subject';
      System.debug(Cases.getCaseIdFromEmailHeaders(new List<Messaging.InboundEmail.Header>{ header }));
    `);
    expect(seen).toEqual([caseId, 'null']);
  });

  it('finds a case by its ref id', async () => {
    const short = (id: string) => `!${id.slice(0, 6)}${id.slice(6, 15).replace(/^0+/, '')}`;
    const reference = `${short(opened.state.settings.organizationId)}.${short(caseId)}`;
    expect(
      await run(`
        System.debug(Cases.getCaseIdFromEmailThreadId('${reference}'));
        System.debug(Cases.getCaseIdFromEmailThreadId('!00Dxx01gEW.!500xx0Yktl'));
      `),
    ).toEqual([caseId, 'null']);
  });
});

describe('an Apex email handler', () => {
  it('can be tried out with mails of its own', async () => {
    const classes = {
      Handler: `global class Handler implements Messaging.InboundEmailHandler {
        global Messaging.InboundEmailResult handleInboundEmail(Messaging.InboundEmail email, Messaging.InboundEnvelope envelope) {
          Messaging.InboundEmailResult result = new Messaging.InboundEmailResult();
          result.success = email.toAddresses.contains(envelope.toAddress);
          result.message = email.fromName + ': ' + email.binaryAttachments[0].body.toString();
          return result;
        }
      }`,
    };
    const source = `
      Messaging.InboundEmail email = new Messaging.InboundEmail();
      email.fromName = 'Jane';
      email.toAddresses = new List<String>{ 'a@b.test' };
      Messaging.InboundEmail.BinaryAttachment file = new Messaging.InboundEmail.BinaryAttachment();
      file.body = Blob.valueOf('hi');
      email.binaryAttachments = new List<Messaging.InboundEmail.BinaryAttachment>{ file };
      Messaging.InboundEnvelope envelope = new Messaging.InboundEnvelope();
      envelope.toAddress = 'a@b.test';
      Messaging.InboundEmailResult result = new Handler().handleInboundEmail(email, envelope);
      System.debug(result.success + ' ' + result.message);
    `;
    expect(await runApex(source, { org: opened.state, classes })).toEqual(['true Jane: hi']);
  });
});
