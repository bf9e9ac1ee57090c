import { describe, expect, test } from 'vitest';

import { confirm, mailbox, rawGmail } from './confirmation-mails.ts';
import { mailOrg } from './mail-org.ts';

const minute = 60_000;
const day = 86_400_000;

const invoice = [
  'From: Gmail Team <forwarding-noreply@google.com>',
  'To: support@example.com',
  'Subject: Your forwarding has been switched on',
  'Message-ID: <later@mail.gmail.test>',
  '',
  'Nothing is to be done.',
].join('\r\n');

describe('one look', () => {
  test('takes the newest mail that says something, though another one lies on top', async () => {
    const org = await mailOrg();
    await org.receive(rawGmail({ code: '111111111', messageId: 'first' }));
    org.pass(minute);
    const messageId = await org.receive(rawGmail({ code: '222222222', messageId: 'second' }));
    org.pass(2 * minute);
    await org.receive(invoice);
    const { outcome, events } = await org.find({});
    expect(events).toEqual([]);
    expect(outcome).toMatchObject({
      kind: 'found',
      mail: { messageId, caseId: expect.stringMatching(/^500/), code: '222222222', link: confirm, mailbox },
    });
  });

  test('reads a message that has HTML alone', async () => {
    const org = await mailOrg();
    const HtmlBody = `<p>Confirmation code: 123456789</p><a href="${confirm}">Confirm</a>`;
    await org.insert({ FromAddress: 'forwarding-noreply@google.com', Subject: 'Gmail', HtmlBody });
    const { outcome } = await org.find({});
    expect(outcome).toMatchObject({ kind: 'found', mail: { code: '123456789', link: confirm } });
  });

  test('finds nothing in an org without such mail', async () => {
    const org = await mailOrg();
    expect((await org.find({})).outcome).toEqual({ kind: 'none', unreadable: undefined });
  });

  test('tells of a mail that it cannot read', async () => {
    const org = await mailOrg();
    const messageId = await org.receive(invoice);
    const { outcome } = await org.find({});
    expect(outcome).toMatchObject({
      kind: 'none',
      unreadable: { messageId, subject: 'Your forwarding has been switched on' },
    });
  });

  test('tells the age of an old one', async () => {
    const org = await mailOrg();
    org.pass(-3 * day);
    await org.receive(rawGmail({ code: '123456789' }));
    org.pass(3 * day);
    const { outcome } = await org.find({});
    expect(outcome).toMatchObject({ kind: 'found', ageMs: expect.closeTo(3 * day, -4) });
  });

  test('tells the right age on a machine whose clock is wrong', async () => {
    const org = await mailOrg({ ahead: 20 * minute });
    await org.receive(rawGmail({ code: '123456789' }));
    const { outcome } = await org.find({});
    expect(outcome).toMatchObject({ kind: 'found', ageMs: expect.closeTo(0, -4) });
  });

  test('looks for the mail of another provider, or of any', async () => {
    const org = await mailOrg();
    const from = (address: string, text: string) =>
      [
        `From: ${address}`,
        'To: support@example.com',
        'Subject: Confirm that mail may be forwarded',
        `Message-ID: <${address}>`,
        '',
        text,
      ].join('\r\n');
    await org.receive(rawGmail({ code: '123456789' }));
    org.pass(minute);
    await org.receive(from('noreply@fastmail.com', 'Code: FM-7C2K9'));
    org.pass(minute);
    await org.receive(from('no-reply@hoster.test', 'Code: 4711\nhttps://hoster.test/confirm'));
    expect((await org.find({})).outcome).toMatchObject({ mail: { provider: 'gmail' } });
    expect((await org.find({ provider: 'fastmail' })).outcome).toMatchObject({ mail: { code: 'FM-7C2K9' } });
    expect((await org.find({ provider: 'outlook' })).outcome).toEqual({ kind: 'none', unreadable: undefined });
    expect((await org.find({ provider: 'any' })).outcome).toMatchObject({
      mail: { provider: 'other', code: '4711', link: undefined, from: 'no-reply@hoster.test' },
    });
  });

  test('says why an org knows no EmailMessage', async () => {
    const org = await mailOrg();
    const body = JSON.stringify([
      { errorCode: 'INVALID_TYPE', message: "sObject type 'EmailMessage' is not supported." },
    ]);
    await org.fault({ match: { path: '/query' }, kind: 'status', status: 400, body });
    await expect(org.find({})).rejects.toMatchObject({
      code: 'ORG_REFUSED',
      message: expect.stringContaining('INVALID_TYPE'),
      nextSteps: [expect.stringContaining('Email-to-Case')],
    });
  });
});

describe('waiting', () => {
  test('looks every five seconds until a newer mail comes', async () => {
    const org = await mailOrg();
    org.meanwhile(
      () => undefined,
      () => org.receive(rawGmail({ code: '123456789' })),
    );
    const { outcome, events } = await org.find({ waitMs: 10 * minute });
    expect(outcome).toMatchObject({ kind: 'found', mail: { code: '123456789' } });
    expect(org.pauses).toEqual([5000, 5000]);
    expect(events.map(({ kind }) => kind)).toEqual(['waiting', 'waiting']);
  });

  test('does not take an older one for it, and says that it is there', async () => {
    const org = await mailOrg();
    org.pass(-5 * minute);
    await org.receive(rawGmail({ code: '111111111', messageId: 'first' }));
    org.pass(5 * minute);
    org.meanwhile(() => org.receive(rawGmail({ code: '222222222', messageId: 'second' })));
    const { outcome, events } = await org.find({ waitMs: minute });
    expect(events[0]).toMatchObject({ kind: 'older', mail: { code: '111111111' } });
    expect(outcome).toMatchObject({ kind: 'found', mail: { code: '222222222' } });
  });

  test('ends with the older one, which is no result', async () => {
    const org = await mailOrg();
    org.pass(-5 * minute);
    const messageId = await org.receive(rawGmail({ code: '111111111' }));
    org.pass(5 * minute);
    const { outcome } = await org.find({ waitMs: 12_000 });
    expect(outcome).toMatchObject({ kind: 'wait-over', older: { mail: { messageId } } });
    expect(org.pauses[0]).toBe(5000);
    expect(org.pauses.reduce((sum, ms) => sum + ms)).toBeLessThanOrEqual(12_000);
  });

  test('takes one that came between the request and the first look', async () => {
    const org = await mailOrg();
    const requestedAt = org.org.clock.now();
    org.pass(3000);
    await org.receive(rawGmail({ code: '123456789' }));
    const { outcome } = await org.find({ waitMs: minute, requestedAt });
    expect(outcome).toMatchObject({ kind: 'found' });
    expect(org.pauses).toEqual([]);
  });

  test.for([-20 * minute, 20 * minute])('knows new from old by the org on a clock %i ms wrong', async (ahead) => {
    const org = await mailOrg({ ahead });
    org.pass(-5 * minute);
    await org.receive(rawGmail({ code: '111111111', messageId: 'first' }));
    org.pass(5 * minute);
    org.meanwhile(() => org.receive(rawGmail({ code: '222222222', messageId: 'second' })));
    const { outcome, events } = await org.find({ waitMs: minute });
    expect(events[0]).toMatchObject({ kind: 'older', mail: { code: '111111111' } });
    expect(outcome).toMatchObject({ kind: 'found', mail: { code: '222222222' } });
  });

  test('tells once of a new mail that says nothing, and waits on', async () => {
    const org = await mailOrg();
    org.meanwhile(
      () => org.receive(invoice),
      () => undefined,
      () => org.receive(rawGmail({ code: '123456789' })),
    );
    const { outcome, events } = await org.find({ waitMs: minute });
    expect(outcome).toMatchObject({ kind: 'found' });
    expect(events.filter(({ kind }) => kind === 'unreadable')).toHaveLength(1);
  });

  test('sits out an org that cannot be asked for a while', async () => {
    const org = await mailOrg();
    org.meanwhile(() => org.fault({ match: { path: '/query' }, kind: 'status', status: 503, times: 4 }));
    const { outcome, events } = await org.find({ waitMs: minute });
    expect(events.map(({ kind }) => kind)).toContain('trouble');
    expect(outcome).toEqual({ kind: 'wait-over', older: undefined });
  });

  test('does not sit out a refusal', async () => {
    const org = await mailOrg();
    const body = JSON.stringify([{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }]);
    org.meanwhile(() => org.fault({ match: { path: '/query' }, kind: 'status', status: 401, body }));
    await expect(org.find({ waitMs: minute })).rejects.toMatchObject({ code: 'AUTH_FAILED' });
  });

  test('ends at once when the person leaves', async () => {
    const org = await mailOrg();
    const controller = new AbortController();
    org.meanwhile(() => controller.abort());
    const { outcome } = await org.find({ waitMs: 10 * minute, signal: controller.signal });
    expect(outcome).toEqual({ kind: 'interrupted' });
    expect(org.pauses).toEqual([5000]);
  });
});
