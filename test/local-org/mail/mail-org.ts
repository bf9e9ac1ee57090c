import { afterEach, beforeEach, expect } from 'vitest';

import type { OutgoingMail } from '../../../src/local-org/mail/send/outgoing-mail.ts';
import { openOrgClient } from '../core/org-client.ts';
import type { Answer, OrgClient } from '../core/org-client.ts';

/** A local org for each story, which must end without a bug; given as an object, as it is another one each time. */
export function mailOrg(): { readonly client: OrgClient } {
  let client: OrgClient;
  beforeEach(async () => {
    client = await openOrgClient();
  });
  afterEach(async () => {
    expect(client.bugs).toEqual([]);
    await client.close();
  });
  return {
    get client() {
      return client;
    },
  };
}

/** A mail from the administrator to one address; tests say what is different. */
export function outgoing(client: OrgClient, changes: Partial<OutgoingMail> = {}): OutgoingMail {
  return {
    userId: client.org.state.settings.adminUserId,
    toAddresses: ['jane@customer.test'],
    ccAddresses: [],
    bccAddresses: [],
    treatTargetObjectAsRecipient: true,
    subject: 'Hello',
    text: 'Hello Jane',
    attachments: [],
    saveAsActivity: false,
    useSignature: true,
    bccSender: false,
    ...changes,
  };
}

let counter = 0;

export interface RawMail {
  readonly from?: string;
  readonly to?: string;
  readonly subject?: string;
  readonly body?: string;
  readonly messageId?: string;
  /** Further header lines, without their line ends. */
  readonly headers?: readonly string[];
}

/** A raw message of one plain text part. */
export function rawMail({ headers = [], ...mail }: RawMail = {}): string {
  counter += 1;
  return [
    `From: ${mail.from ?? 'Jane Doe <jane@customer.test>'}`,
    `To: ${mail.to ?? 'support@example.com'}`,
    `Subject: ${mail.subject ?? 'My printer burns'}`,
    `Message-ID: ${mail.messageId ?? `<mail-${counter}@customer.test>`}`,
    'Date: Tue, 24 Nov 2026 10:00:00 +0100',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    ...headers,
    '',
    mail.body ?? 'Please help.',
    '',
  ].join('\r\n');
}

/** Gives the org a raw message from outside, over HTTP. */
export async function receive(client: OrgClient, raw: string | Uint8Array): Promise<Answer> {
  const response = await fetch(`${client.org.url}/_local/mail/receive`, {
    method: 'POST',
    headers: { 'x-local-org-control': 'test', 'content-type': 'message/rfc822' },
    body: typeof raw === 'string' ? raw : Buffer.from(raw),
  });
  const text = await response.text();
  return { status: response.status, body: JSON.parse(text) as unknown, headers: response.headers };
}

/** A verified routing address for support@example.com. */
export async function routingAddress(client: OrgClient, changes: object = {}): Promise<Answer['body']> {
  const { status, body } = await client.control('POST', 'mail/routing-addresses', {
    emailAddress: 'support@example.com',
    caseOrigin: 'Email',
    casePriority: 'Medium',
    isVerified: true,
    ...changes,
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return body as unknown;
}

/** All records of a query. */
export async function records(client: OrgClient, soql: string): Promise<Answer['body'][]> {
  const { status, body } = await client.query(soql);
  expect(status, JSON.stringify(body)).toBe(200);
  return body.records as Answer['body'][];
}
