import { describe, expect, test } from 'vitest';

import {
  maskAddresses,
  withoutLabelledContent,
  withoutMailContent,
} from '../../../src/diagnose/reports/customer-data.ts';
import { fail } from '../../../src/diagnose/finding.ts';
import { supportBundle } from '../../../src/diagnose/reports/support-bundle.ts';
import { createRedactor } from '../../../src/terminal/redact.ts';
import { found, sampleReport } from './sample-report.ts';

describe('an address of a customer', () => {
  test.each([
    ['sarah@example.com', 's…@example.com'],
    ['From: sarah.jones+shop@mail.example.co.uk, ok', 'From: s…@mail.example.co.uk, ok'],
    ['<sarah@example.com>', '<s…@example.com>'],
    ['"Sarah Jones" <sarah@example.com>', '<s…@example.com>'],
    ['"sarah jones"@example.com', '…@example.com'],
    ['mailto:sarah@example.com', 'mailto:s…@example.com'],
    ['to=sarah%40example.com&x', 't…@example.com&x'],
    ['bounce+sarah=example.com@lists.example.org', 'b…@lists.example.org'],
    ['müller@bücher.example', 'm…@bücher.example'],
    ['sj@example.com', '…@example.com'],
    ['root@localhost', 'r…@localhost'],
    ['sarah@[192.0.2.1]', 's…@[192.0.2.1]'],
    ['not-support@acme.com', 'n…@acme.com'],
    ['sarah@acme.com,tom.smith@acme.com', 's…@acme.com,t…@acme.com'],
  ])('%s is masked', (text, masked) => {
    expect(maskAddresses(text, ['support@acme.com'])).toBe(masked);
  });

  test.each([
    'support@acme.com',
    'Support@Acme.com is not verified.',
    'replyTo=support@acme.com',
    "'support@acme.com'",
    'at node_modules/@salesforce/core/index.js:12',
    'ask @team',
    'no address @ all',
  ])('%s stays: it is the own mailbox, or none', (text) => {
    expect(maskAddresses(text, ['SUPPORT@acme.com'])).toBe(text);
  });
});

describe('what customers wrote', () => {
  test.each([
    'Subject',
    'subject',
    'case_subject',
    'lastSubjectSeen',
    'TextBody',
    'textbody',
    'html_body',
    'OpenCx_Body__c',
    'text',
    'messageText',
    'Description',
    'Headers',
    'FromName',
    'SuppliedName',
    'attachments',
  ])('is dropped where it is called %s', (key) => {
    expect(withoutMailContent({ [key]: 'My card is 4111', id: 1 })).toEqual({ id: 1 });
    expect(withoutMailContent([{ rows: [{ [key]: { value: ['My card'] } }] }])).toEqual([{ rows: [{}] }]);
  });

  test.each([
    ['context', 'Case'],
    ['status', 'Sent'],
    ['bodyLength', 1200],
    ['htmlBodyTruncated', true],
    ['subjectHasToken', false],
    ['textBody', null],
  ])('is not what is called %s', (key, value) => {
    expect(withoutMailContent({ [key]: value })).toEqual({ [key]: value });
  });

  test.each([
    ['Subject: Refund for order 7\nStatus: Sent', 'Subject: [left out]\nStatus: Sent'],
    ['{"Subject":"Refund","Status":"3"}', '{"Subject": [left out]'],
    ['{\\"Subject\\":\\"Refund\\"}', '{\\"Subject\\": [left out]'],
    ['02s1 TextBody = My card\nis 4111', '02s1 TextBody = [left out]'],
    ['SELECT Id, Subject, TextBody FROM EmailMessage', 'SELECT Id, Subject, TextBody FROM EmailMessage'],
  ])('is left out after its label: %j', (text, clean) => {
    expect(withoutLabelledContent(text)).toBe(clean);
  });
});

test('in a bundle, the own mailbox is readable and no customer is', () => {
  const evidence = [
    'Routing address support@acme.com: IsVerified = false',
    'EmailMessage 02s5f000000AbCd from "Sarah Jones" <sarah@example.com> to support@acme.com, Subject: My card is 4111',
  ];
  const data = {
    routing: 'support@acme.com',
    newest: [{ Id: '02s5f000000AbCd', FromAddress: 'sarah@example.com', Subject: 'My card', TextBody: 'is 4111' }],
    'sarah@example.com': { mails: 3, note: 'Body: is 4111' },
  };
  const findings = [
    found('email-in', 'routing', 'Verified', fail('Mail of sarah@example.com was lost.', { evidence, data })),
  ];
  const redactor = createRedactor();
  const text = supportBundle(sampleReport({ findings }), {
    createdAt: '2026-11-20T10:00:05.000Z',
    node: 'v24.21.0',
    platform: 'linux x64',
    session: {},
    description: 'sarah@example.com wrote\nSubject: My card\nand got no answer.',
    components: [
      {
        type: 'EmailTemplate',
        fullName: 'Reply',
        found: true,
        state: { owner: 'sarah@example.com', subject: 'My card' },
      },
    ],
    mailboxes: ['support@acme.com'],
    redactValue: (value) => redactor.redactValue(value),
  });
  expect(text).not.toMatch(/sarah|my card|4111/i);
  expect(JSON.parse(text)).toMatchObject({
    description: 's…@example.com wrote\nSubject: [left out]\nand got no answer.',
    findings: [
      {
        summary: 'Mail of s…@example.com was lost.',
        evidence: [
          'Routing address support@acme.com: IsVerified = false',
          'EmailMessage 02s5f000000AbCd from <s…@example.com> to support@acme.com, Subject: [left out]',
        ],
        data: {
          routing: 'support@acme.com',
          newest: [{ Id: '02s5f000000AbCd', FromAddress: 's…@example.com' }],
          's…@example.com': { mails: 3, note: 'Body: [left out]' },
        },
      },
    ],
    components: [{ state: { owner: 's…@example.com' } }],
  });
});
