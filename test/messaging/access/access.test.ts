import { describe, expect, onTestFinished, test } from 'vitest';

import { systemClock, type Clock } from '../../../src/clock.ts';
import type { Identity } from '../../../src/messaging/access/access.ts';
import { keepAccess, type AccessKeeper } from '../../../src/messaging/access/keep-access.ts';
import { obtainAccess, revokeAccess } from '../../../src/messaging/access/obtain-access.ts';
import type { MessagingApi } from '../../../src/messaging/api/messaging-api.ts';
import { openMessagingOrg } from '../../local-org/messaging/messaging-org.ts';
import { apiOf, apiOfOrg, contact } from '../live-messaging.ts';
import { accessToken, startScrt, subjectOfJane } from '../scripted-scrt.ts';

const jane: Identity = { kind: 'verified', sign: async () => 'eyJhbGciOiJSUzI1NiJ9.e30.c2ln' };
const nobody: Identity = { kind: 'anonymous' };
const unauthorized = { status: 401, body: 'Jwt is expired' } as const;

describe('an access token of the local org', () => {
  test('is verified for a signed identity, can be continued, and is void when given back', async () => {
    const org = await openMessagingOrg();
    onTestFinished(() => org.client.close());
    const api = await apiOfOrg(org);
    const access = await obtainAccess(contact(org), { api, clock: systemClock });
    expect(access.facts).toMatchObject({
      subject: 'v2/iamessage/AUTH/OpenCX_Keyset/uid:jane@customer.test',
      verified: true,
      authMode: 'Auth',
      orgId: org.client.org.organizationId.slice(0, 15),
      lifetimeMs: 3_600_000,
    });
    expect(Math.abs(access.facts.clockSkewMs ?? Infinity)).toBeLessThanOrEqual(1000);
    expect(JSON.stringify(access)).not.toContain('eyJ');

    await revokeAccess(access, { api });
    await expect(api.listConversations(access.token, false)).rejects.toThrow(/HTTP 401/);
  });

  test('that is anonymous in answer to a bad identity is an error unless it is asked for', async () => {
    const org = await openMessagingOrg();
    onTestFinished(() => org.client.close());
    await org.settings({ invalidIdentity: 'anonymous' });
    const api = await apiOfOrg(org);
    const sign = () => org.identityToken({ iss: 'https://somebody.else.test' });
    await expect(obtainAccess({ kind: 'verified', sign }, { api, clock: systemClock })).rejects.toMatchObject({
      code: 'MESSAGING_NOT_VERIFIED',
      details: { subject: expect.stringContaining('/ANON/') },
    });
    const accepted = await obtainAccess({ kind: 'verified', sign, acceptAnonymous: true }, { api, clock: systemClock });
    expect(accepted.facts.verified).toBe(false);
  });
});

describe('the end of a token', () => {
  test('is told by its lifetime, whatever the clock of this machine says', async () => {
    const scrt = await startScrt();
    const api = await apiOf(scrt.url);
    const behind: Clock = { ...systemClock, now: () => Date.now() - 7_200_000 };
    const { facts } = await obtainAccess(jane, { api, clock: behind });
    expect(facts.expiresAt).toBe(facts.receivedAt + 3_600_000);
    expect(Math.round((facts.clockSkewMs ?? 0) / 60_000)).toBe(120);
  });

  test('is not known of a token that cannot be read; it still works', async () => {
    const scrt = await startScrt();
    scrt.otherwise(({ path }) =>
      path.endsWith('/access-token') ? { status: 200, body: { accessToken: 'opaque' } } : undefined,
    );
    const { facts } = await obtainAccess(nobody, { api: await apiOf(scrt.url), clock: systemClock });
    expect(facts).toMatchObject({ expiresAt: undefined, orgId: '00D5g00000Ab1Cd', lastEventId: '0', verified: false });
  });
});

describe('the token of a conversation', () => {
  const told: string[] = [];
  async function keeper(
    api: MessagingApi,
    identity: Identity,
    clock: Clock = systemClock,
    signal = new AbortController().signal,
  ): Promise<AccessKeeper> {
    told.length = 0;
    return keepAccess({
      identity,
      first: await obtainAccess(identity, { api, clock }),
      api,
      clock,
      pace: { attempts: 3, firstPauseMs: 1, longestWaitMs: 1000 },
      signal,
      onRenewed: () => told.push('renewed'),
      onEnding: () => told.push('ending'),
    });
  }

  test('is replaced once when the org says 401, for all who ask at the same time', async () => {
    const scrt = await startScrt();
    const access = await keeper(await apiOf(scrt.url), jane);
    const old = `Bearer ${access.current().token()}`;
    scrt.otherwise(({ headers }) => (headers.authorization === old ? unauthorized : undefined));
    const api = await apiOf(scrt.url);
    await Promise.all([1, 2, 3].map(() => access.use((bearer) => api.listConversations(bearer, false))));
    expect(scrt.received(/POST .*access-token/)).toHaveLength(2);
    expect(told).toEqual(['renewed']);
  });

  test('is not replaced again when the new one is refused too', async () => {
    const scrt = await startScrt();
    const access = await keeper(await apiOf(scrt.url), jane);
    scrt.otherwise(({ method }) => (method === 'GET' ? unauthorized : undefined));
    const api = await apiOf(scrt.url);
    await expect(access.use((bearer) => api.listConversations(bearer, false))).rejects.toMatchObject({
      code: 'AUTH_FAILED',
    });
    expect(scrt.received(/POST .*access-token/)).toHaveLength(2);
  });

  test('of an anonymous contact is never replaced: that would be somebody else', async () => {
    const scrt = await startScrt();
    const access = await keeper(await apiOf(scrt.url), nobody);
    scrt.otherwise(() => unauthorized);
    const api = await apiOf(scrt.url);
    await expect(access.use((bearer) => api.listConversations(bearer, false))).rejects.toMatchObject({
      code: 'MESSAGING_ACCESS_ENDED',
    });
    expect(scrt.received(/POST .*access-token/)).toHaveLength(1);
  });

  test('is refused when it comes back for another subject', async () => {
    const scrt = await startScrt();
    const access = await keeper(await apiOf(scrt.url), { ...jane, acceptAnonymous: true });
    const other = accessToken('v2/iamessage/ANON/other', 3600);
    scrt.otherwise(({ method }) => (method === 'POST' ? { status: 200, body: { accessToken: other } } : unauthorized));
    const api = await apiOf(scrt.url);
    await expect(access.use((bearer) => api.listConversations(bearer, false))).rejects.toThrow(
      `another subject: v2/iamessage/ANON/other and no longer ${subjectOfJane}`,
    );
  });

  test.each([
    ['renewed before its end', jane, ['renewed', 'renewed']],
    ['told to end where it cannot be renewed, once', nobody, ['ending']],
  ] as const)('is %s', async (_what, identity, expected) => {
    const scrt = await startScrt();
    const stop = new AbortController();
    let now = Date.now();
    let sleeps = 0;
    const clock: Clock = {
      ...systemClock,
      now: () => now,
      sleep: async (ms) => {
        expect(ms).toBeLessThanOrEqual(60_000);
        now += ms;
        sleeps += 1;
        // Two hours and a bit.
        if (sleeps > 125) stop.abort();
        stop.signal.throwIfAborted();
      },
    };
    const access = await keeper(await apiOf(scrt.url), identity, clock, stop.signal);
    await expect(access.watch()).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(told).toEqual(expected);
  });

  test('is asked for again later while the network is down, as it still holds', async () => {
    const scrt = await startScrt();
    const stop = new AbortController();
    const waits: number[] = [];
    const start = Date.now();
    let ahead = 0;
    const clock: Clock = {
      ...systemClock,
      now: () => start + ahead,
      sleep: async (ms) => {
        waits.push(ms);
        if (told.length > 0) stop.abort();
        stop.signal.throwIfAborted();
        if (waits.includes(30_000)) scrt.otherwise(() => undefined);
      },
    };
    const access = await keeper(await apiOf(scrt.url), jane, clock, stop.signal);
    ahead = 3_500_000;
    scrt.otherwise(() => ({ drop: true }));
    await expect(access.watch()).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(told).toEqual(['renewed']);
    expect(waits.filter((ms) => ms === 30_000)).toHaveLength(1);
  });
});
