import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished, vi } from 'vitest';

import { sendMail } from '../../../src/local-org/mail/send/send-mail.ts';
import { openOrgClient } from '../core/org-client.ts';
import type { OrgClient } from '../core/org-client.ts';
import { mailOrg, outgoing } from './mail-org.ts';
import { smtpCatcher } from './smtp-catcher.ts';

const org = mailOrg();

function send(client: OrgClient, changes: Parameters<typeof outgoing>[1] = {}): void {
  const { state } = client.org;
  state.transaction(() => sendMail(state, outgoing(client, changes)));
}
const relayTo = (client: OrgClient, port: number) =>
  client.control('PATCH', 'mail/settings', { smtpRelay: { host: '127.0.0.1', port } });
const relayOf = async (id: string): Promise<unknown> => (await org.client.control('GET', `mail/${id}`)).body.relay;

describe('an SMTP relay', () => {
  it('is handed each mail once it is committed, to all of its recipients', async () => {
    const catcher = await smtpCatcher();
    await relayTo(org.client, catcher.port);
    send(org.client, { subject: 'One', ccAddresses: ['c@customer.test'], bccAddresses: ['b@customer.test'] });
    send(org.client, { subject: 'Two', text: '.\n..dots' });
    const one = await catcher.next();
    expect(one).toMatchObject({
      from: 'admin@local-org.test',
      to: ['jane@customer.test', 'c@customer.test', 'b@customer.test'],
    });
    expect(one.data).toContain('Subject: One');
    expect(one.data).not.toContain('b@customer.test');
    expect((await catcher.next()).data).toContain('\r\n.\r\n..dots');
    await vi.waitFor(async () => {
      expect(await relayOf('2')).toEqual({ state: 'sent', detail: '250 2.0.0 caught' });
    });
  });

  it('is handed nothing that was rolled back, and nothing that was discarded', async () => {
    const catcher = await smtpCatcher();
    await relayTo(org.client, catcher.port);
    const { state } = org.client.org;
    expect(() =>
      state.transaction(() => {
        sendMail(state, outgoing(org.client, { subject: 'Never' }));
        throw new Error('rolled back');
      }),
    ).toThrow('rolled back');
    await org.client.control('PATCH', 'mail/settings', { verifiedDomains: [] });
    send(org.client, { subject: 'Discarded' });
    await org.client.control('PATCH', 'mail/settings', { verifiedDomains: ['local-org.test'] });
    send(org.client, { subject: 'Sent' });
    expect((await catcher.next()).data).toContain('Subject: Sent');
  });

  it('that refuses leaves its reason with the mail', async () => {
    const catcher = await smtpCatcher('550 5.1.1 no such user');
    await relayTo(org.client, catcher.port);
    send(org.client);
    await vi.waitFor(async () => {
      expect(await relayOf('1')).toMatchObject({ state: 'failed', detail: expect.stringContaining('no such user') });
    });
  });

  it('that is not there leaves its reason with the mail, which stays sent', async () => {
    await relayTo(org.client, 1);
    send(org.client);
    await vi.waitFor(async () => {
      expect(await relayOf('1')).toMatchObject({ state: 'failed', detail: expect.stringContaining('ECONNREFUSED') });
    });
    expect((await org.client.control('GET', 'mail/1')).body.status).toBe('sent');
  });

  it('is handed on the next start what a process left undone', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'local-org-relay-'));
    onTestFinished(() => rm(dataDir, { recursive: true }));
    const catcher = await smtpCatcher();
    const first = await openOrgClient({ dataDir });
    await relayTo(first, catcher.port);
    send(first, { subject: 'Left undone' });
    await first.close();
    const second = await openOrgClient({ dataDir });
    onTestFinished(() => second.close());
    expect((await catcher.next()).data).toContain('Subject: Left undone');
  });
});
