import { describe, expect, it, onTestFinished } from 'vitest';

import type { OutgoingMail } from '../../../src/local-org/mail/send/outgoing-mail.ts';
import { sendMail } from '../../../src/local-org/mail/send/send-mail.ts';
import { openOrgClient } from '../core/org-client.ts';
import { mailOrg, outgoing } from './mail-org.ts';

const org = mailOrg();

function send(changes: Partial<OutgoingMail> = {}): ReturnType<typeof sendMail> {
  const { state } = org.client.org;
  return state.transaction(() => sendMail(state, outgoing(org.client, changes)));
}
const problemOf = (changes: Partial<OutgoingMail> = {}): unknown => {
  const outcome = send(changes);
  return outcome.success ? undefined : outcome.problem;
};
const settings = (change: object) => org.client.control('PATCH', 'mail/settings', change);
const orgWideAddress = async (values: object): Promise<string> => {
  const id = await org.client.create('OrgWideEmailAddress', {
    Address: 'support@example.com',
    DisplayName: 'Support',
    IsAllowAllProfiles: true,
    Purpose: 'UserSelection',
    ...values,
  });
  return id;
};

describe('a mail', () => {
  it('goes out in the name of the running user', () => {
    expect(send({ ccAddresses: ['boss@customer.test'], replyTo: 'support@example.com' })).toMatchObject({
      success: true,
      mail: {
        status: 'sent',
        from: { name: 'Local Administrator', address: 'admin@local-org.test' },
        replyTo: 'support@example.com',
        to: ['jane@customer.test'],
        cc: ['boss@customer.test'],
        subject: 'Hello',
        text: 'Hello Jane',
      },
    });
  });

  it('goes out under another name if it says so', () => {
    expect(send({ senderDisplayName: 'Robot' })).toMatchObject({
      mail: { from: { name: 'Robot', address: 'admin@local-org.test' } },
    });
  });

  it('was never sent if its transaction is rolled back', async () => {
    const { state } = org.client.org;
    const failed = new Error('later on');
    expect(() =>
      state.transaction(() => {
        expect(sendMail(state, outgoing(org.client)).success).toBe(true);
        throw failed;
      }),
    ).toThrow(failed);
    expect((await org.client.control('GET', 'mail')).body).toEqual({ mail: [] });
    expect((await org.client.call('GET', '/services/data/v68.0/limits')).body.SingleEmail.Remaining).toBe(50);
  });

  it('is only checked where nothing is to be delivered, as in tests', async () => {
    const { state } = org.client.org;
    expect(sendMail(state, outgoing(org.client), { deliver: false })).toEqual({ success: true, mail: undefined });
    expect(sendMail(state, outgoing(org.client, { toAddresses: ['x'] }), { deliver: false }).success).toBe(false);
    expect((await org.client.control('GET', 'mail')).body).toEqual({ mail: [] });
  });

  it('carries the signature of its sender unless it wants none', () => {
    const { state } = org.client.org;
    const { adminUserId } = state.settings;
    state.records.update('User', adminUserId, { Signature: 'Ann & Co' }, adminUserId);
    expect(send({ html: '<p>Hi</p>' })).toMatchObject({
      mail: { text: 'Hello Jane\n\nAnn & Co', html: '<p>Hi</p><br><br>Ann &amp; Co' },
    });
    expect(send({ useSignature: false })).toMatchObject({ mail: { text: 'Hello Jane' } });
  });

  it('goes to people by their ids', async () => {
    const contact = await org.client.create('Contact', { LastName: 'Doe', Email: 'doe@customer.test' });
    const user = org.client.org.state.settings.adminUserId;
    expect(send({ toAddresses: [contact], ccAddresses: [user] })).toMatchObject({
      mail: { to: ['doe@customer.test'], cc: ['admin@local-org.test'] },
    });
    expect(send({ toAddresses: [], targetObjectId: contact })).toMatchObject({ mail: { to: ['doe@customer.test'] } });
    expect(send({ targetObjectId: contact, treatTargetObjectAsRecipient: false })).toMatchObject({
      mail: { to: ['jane@customer.test'] },
    });
  });

  it('heeds the opt-out of people named by their ids as it is told to', async () => {
    const contact = await org.client.create('Contact', {
      LastName: 'Doe',
      Email: 'doe@customer.test',
      HasOptedOutOfEmail: true,
    });
    const to = { toAddresses: ['jane@customer.test', contact] };
    expect(send(to)).toMatchObject({ mail: { to: ['jane@customer.test', 'doe@customer.test'] } });
    expect(send({ ...to, optOutPolicy: 'FILTER' })).toMatchObject({ mail: { to: ['jane@customer.test'] } });
    expect(problemOf({ ...to, optOutPolicy: 'REJECT' })).toMatchObject({ statusCode: 'EMAIL_OPTED_OUT' });
  });
});

describe('a mail is refused', () => {
  it.each([
    ['REQUIRED_FIELD_MISSING', 'Add a recipient to send an email.', { toAddresses: [] }],
    ['REQUIRED_FIELD_MISSING', 'Missing body, need at least one of html or plainText', { text: '' }],
    ['INVALID_EMAIL_ADDRESS', 'Email address is invalid: jane', { toAddresses: ['jane'] }],
    ['INVALID_EMAIL_ADDRESS', 'Email address is invalid: Jane <j@x.test>', { ccAddresses: ['Jane <j@x.test>'] }],
    ['INVALID_EMAIL_ADDRESS', 'Email address is invalid: ', { bccAddresses: [''] }],
    ['INVALID_EMAIL_ADDRESS', 'Email address is invalid: nowhere', { replyTo: 'nowhere' }],
    [
      'INVALID_ID_FIELD',
      'Only User, Contact, Lead, or Person objects are allowed for targetObjectId',
      { targetObjectId: '500000000000001AAA' },
    ],
  ])('%s: %s', (statusCode, message, changes) => {
    expect(problemOf(changes)).toMatchObject({ statusCode, message });
  });

  it('naming the field and the address', () => {
    expect(problemOf({ toAddresses: ['jane'] })).toMatchObject({ fields: ['toAddresses', 'jane'] });
  });

  it('to a user with what only contacts can have', () => {
    const targetObjectId = org.client.org.state.settings.adminUserId;
    expect(problemOf({ targetObjectId, saveAsActivity: true })).toMatchObject({
      statusCode: 'INVALID_SAVE_AS_ACTIVITY_FLAG',
      message: 'saveAsActivity must be false when sending mail to users.',
      targetObjectId,
    });
    expect(problemOf({ targetObjectId, whatId: '500000000000001AAA' })).toMatchObject({
      statusCode: 'INVALID_ID_FIELD',
      message: 'WhatId is not available for sending emails to UserIds.',
    });
  });

  it('to a contact without an address', async () => {
    const targetObjectId = await org.client.create('Contact', { LastName: 'Doe' });
    expect(problemOf({ targetObjectId })).toMatchObject({
      statusCode: 'INVALID_EMAIL_ADDRESS',
      message: 'The target object\'s email address "null" is not valid',
    });
  });

  it('with more than 10 MB of files', () => {
    const base64 = Buffer.alloc(6 * 1024 * 1024).toString('base64');
    const file = { fileName: 'a.bin', inline: false, base64 };
    expect(send({ attachments: [file] }).success).toBe(true);
    expect(problemOf({ attachments: [file, file] })).toMatchObject({ statusCode: 'STORAGE_LIMIT_EXCEEDED' });
  });
});

describe('deliverability', () => {
  it.each(['system', 'none'])('below All email refuses all mail of Apex: %s', async (deliverability) => {
    await settings({ deliverability });
    expect(problemOf()).toEqual({
      statusCode: 'NO_MASS_MAIL_PERMISSION',
      message:
        'Single email is not enabled for your organization or profile. Single email must be enabled for you to use this feature.',
      fields: [],
      targetObjectId: undefined,
    });
  });

  it('does not help a user without Send Email', () => {
    const { state } = org.client.org;
    const { adminUserId } = state.settings;
    const user = state.records.insert('User', { Username: 'x@y.test', Email: 'x@example.com', Name: 'X' }, adminUserId);
    expect(problemOf({ userId: user.Id })).toMatchObject({ statusCode: 'NO_MASS_MAIL_PERMISSION' });
  });
});

describe('the day of a Developer Edition', () => {
  const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `u${index}@customer.test`);

  it('has 50 recipients, which the limits resource counts', async () => {
    for (let mail = 0; mail < 3; mail += 1) expect(send({ toAddresses: many(15) }).success).toBe(true);
    expect(problemOf({ toAddresses: many(6) })).toMatchObject({
      statusCode: 'SINGLE_EMAIL_LIMIT_EXCEEDED',
      message: 'Failed to send email',
    });
    expect(send({ toAddresses: many(3), ccAddresses: many(2) }).success).toBe(true);
    const { body } = await org.client.call('GET', '/services/data/v68.0/limits');
    expect(body.SingleEmail.Remaining).toBe(0);
    expect(problemOf()).toMatchObject({ statusCode: 'SINGLE_EMAIL_LIMIT_EXCEEDED' });
  });

  it('begins anew at midnight GMT', async () => {
    let time = new Date('2026-11-24T23:59:59Z');
    const client = await openOrgClient({ now: () => time });
    onTestFinished(() => client.close());
    const { state } = client.org;
    const one = () => sendMail(state, outgoing(client, { toAddresses: many(10) })).success;
    expect([1, 2, 3, 4, 5, 6].map(one)).toEqual([true, true, true, true, true, false]);
    time = new Date('2026-11-25T00:00:00Z');
    expect(one()).toBe(true);
  });

  it('does not count users named as target object', () => {
    const targetObjectId = org.client.org.state.settings.adminUserId;
    for (let mail = 0; mail < 51; mail += 1) expect(send({ toAddresses: [], targetObjectId }).success).toBe(true);
  });

  it('allows 15 recipients a mail; other orgs allow 150', () => {
    expect(problemOf({ toAddresses: many(16) })).toMatchObject({ statusCode: 'LIMIT_EXCEEDED' });
    org.client.org.state.settings.kind = 'production';
    expect(send({ toAddresses: many(150) }).success).toBe(true);
    expect(problemOf({ toAddresses: many(150), bccAddresses: ['one@customer.test'] })).toMatchObject({
      statusCode: 'LIMIT_EXCEEDED',
    });
  });

  it('allows 4,000 bytes an address field', () => {
    org.client.org.state.settings.kind = 'production';
    const long = Array.from({ length: 60 }, (_, index) => `${'x'.repeat(60)}${index}@customer.test`);
    expect(problemOf({ toAddresses: long })).toMatchObject({ statusCode: 'STRING_TOO_LONG' });
  });
});

describe('an organization-wide address', () => {
  it('sends under its own name once it is verified', async () => {
    const orgWideEmailAddressId = await orgWideAddress({});
    expect(problemOf({ orgWideEmailAddressId })).toMatchObject({ statusCode: 'UNVERIFIED_SENDER_ADDRESS' });
    const { body } = await org.client.control('PATCH', `mail/org-wide-addresses/${orgWideEmailAddressId}`, {
      isVerified: true,
    });
    expect(body).toMatchObject({ address: 'support@example.com', isVerified: true });
    expect(send({ orgWideEmailAddressId })).toMatchObject({
      mail: { from: { name: 'Support', address: 'support@example.com' } },
    });
  });

  it('cannot be given another display name', async () => {
    const orgWideEmailAddressId = await orgWideAddress({});
    await org.client.control('PATCH', `mail/org-wide-addresses/${orgWideEmailAddressId}`, { isVerified: true });
    expect(problemOf({ orgWideEmailAddressId, senderDisplayName: 'Robot' })).toMatchObject({
      statusCode: 'DUPLICATE_SENDER_DISPLAY_NAME',
    });
  });

  it('must be there', () => {
    expect(problemOf({ orgWideEmailAddressId: '0D2000000000001AAA' })).toMatchObject({
      statusCode: 'INVALID_CROSS_REFERENCE_KEY',
    });
  });
});

describe('mail from a domain that is not verified', () => {
  const from = (address: string): void => {
    const { state } = org.client.org;
    const { adminUserId } = state.settings;
    state.records.update('User', adminUserId, { Email: address }, adminUserId);
  };
  const status = () => {
    const outcome = send({ replyTo: 'support@example.com' });
    return outcome.success ? outcome.mail?.status : outcome.problem;
  };

  it('is accepted and then discarded, which only the email log tells', async () => {
    from('ann@unknown.test');
    expect(send()).toMatchObject({
      success: true,
      mail: { status: 'discarded', logLine: '550 5.7.1 Delivery not authorized, message discarded' },
    });
    await settings({ verifiedDomains: ['unknown.test'] });
    expect(status()).toBe('sent');
  });

  it('goes out from a public mail service, or where verification is not asked for', async () => {
    from('ann@gmail.com');
    expect(status()).toBe('sent');
    from('ann@unknown.test');
    await settings({ verifyDomains: false });
    expect(status()).toBe('sent');
  });

  it('goes out once there is an active DKIM key for the domain', async () => {
    from('ann@mail.unknown.test');
    const { state } = org.client.org;
    const { adminUserId } = state.settings;
    const key = { Domain: 'unknown.test', Selector: 's1', DomainMatch: 'DomainOnly', IsActive: true };
    const { Id } = state.records.insert('EmailDomainKey', key, adminUserId);
    expect(status()).toBe('discarded');
    state.records.update('EmailDomainKey', Id, { DomainMatch: 'DomainAndSubdomains' }, adminUserId);
    expect(status()).toBe('sent');
    state.records.update('EmailDomainKey', Id, { IsActive: false }, adminUserId);
    expect(status()).toBe('discarded');
  });

  it('goes out once the domain is an authorized one with verified ownership', () => {
    from('ann@unknown.test');
    const { state } = org.client.org;
    const domain = { DomainName: 'Unknown.test', IsDomainOwnershipVerified: true };
    state.records.insert('AuthorizedEmailDomain', domain, state.settings.adminUserId);
    expect(status()).toBe('sent');
  });

  it('goes out with a substitute sender where the org has that setting; Reply-To stays', async () => {
    from('ann@unknown.test');
    await settings({ substituteFrom: true });
    const address = `email@${org.client.org.organizationId.toLowerCase()}.sfcustomeremail.com`;
    expect(send({ replyTo: 'support@example.com' })).toMatchObject({
      mail: { status: 'sent', from: { name: 'Local Administrator', address }, replyTo: 'support@example.com' },
    });
  });
});
