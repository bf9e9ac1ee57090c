import { describe, expect, test } from 'vitest';

import { readAppCredentials } from '../../../src/provision/app/app-credentials.ts';
import { waitForActivation } from '../../../src/provision/app/app-activation.ts';
import { renderApp } from '../../../src/blueprint/app/render-app.ts';
import { servedOrg, type ServedOrg } from '../../e2e/served-org.ts';
import type { Org } from '../../../src/salesforce/org.ts';
import { appSettings, connect, context, deploy, finished, quickClock } from './app-org.ts';

const { callbackUrl } = appSettings();
const minute = 60_000;

/** An app that takes some minutes to activate, in an org whose time is that of the product's clock. */
async function newApp(delayMs: number): Promise<{ local: ServedOrg; org: Org; key: string; waited: () => number }> {
  const clock = quickClock();
  const local = await servedOrg({ now: () => new Date(Date.UTC(2026, 10, 25) + clock.waited) });
  const org = await connect(local, { clock });
  await local.control('PATCH', '/settings', { activationDelayMs: delayMs });
  const { app } = await renderApp(appSettings(), context);
  await deploy(org, app);
  const { result } = await finished(readAppCredentials(org, 'OpenCX'));
  if (result.kind !== 'read') throw new Error('not read');
  return { local, org, key: result.key, waited: () => clock.waited };
}

async function fault(local: ServedOrg, body: object): Promise<void> {
  await local.control('POST', '/faults', { match: { path: '/services/oauth2/authorize' }, ...body });
}

describe('a new app', () => {
  test('is waited for until it can be logged in by', async () => {
    const { org, key, waited } = await newApp(3 * minute);
    const before = waited();
    const { events, result } = await finished(waitForActivation(org, { key, callbackUrl, waitMs: 10 * minute }));
    expect(result).toBe('active');
    expect(waited() - before).toBeLessThanOrEqual(3 * minute + 5000);
    expect(events.length).toBeGreaterThan(30);
    expect(events.slice(0, 3)).toEqual([0, 5000, 10_000].map((elapsedMs) => ({ kind: 'still-activating', elapsedMs })));
    expect(JSON.stringify(events)).not.toContain(key);
  });

  test('is looked at once where nobody waits, and is told active at once where it is', async () => {
    const { org, key } = await newApp(3 * minute);
    const look = { key, callbackUrl, waitMs: 0 };
    expect(await finished(waitForActivation(org, look))).toEqual({ events: [], result: 'still-activating' });
    const active = await newApp(0);
    expect((await finished(waitForActivation(active.org, { ...look, key: active.key }))).result).toBe('active');
  });

  test('is left activating when the wait is over or broken off', async () => {
    const { org, key, waited } = await newApp(60 * minute);
    const before = waited();
    const options = { key, callbackUrl, waitMs: 12_000 };
    const { events, result } = await finished(waitForActivation(org, options));
    expect(result).toBe('still-activating');
    expect(events.map(({ elapsedMs }) => elapsedMs)).toEqual([0, 5000, 10_000]);
    expect(waited() - before).toBe(12_000);

    const controller = new AbortController();
    const waiting = waitForActivation(org, { ...options, signal: controller.signal });
    await waiting.next();
    controller.abort();
    await expect(waiting.next()).rejects.toMatchObject({ code: 'INTERRUPTED' });
    await expect(waitForActivation(org, { ...options, signal: controller.signal }).next()).rejects.toMatchObject({
      code: 'INTERRUPTED',
    });
  });

  test('that has another callback is told apart', async () => {
    const { org, key } = await newApp(0);
    const options = { key, callbackUrl: 'https://other.example.com/callback', waitMs: minute };
    expect((await finished(waitForActivation(org, options))).result).toBe('redirect-uri-mismatch');
  });
});

describe('what the endpoint answers', () => {
  test.each([
    ['a failure', { kind: 'status', status: 500, body: 'no' }],
    ['nothing', { kind: 'drop' }],
    ['a refusal of its own', { kind: 'status', status: 403, body: 'not from here' }],
  ])('is not taken for an app, if it is %s', async (_what, body) => {
    const { local, org, key } = await newApp(0);
    await fault(local, body);
    expect(await finished(waitForActivation(org, { key, callbackUrl, waitMs: 10_000 }))).toEqual({
      events: [],
      result: 'unknown',
    });
  });

  test('may be a failure for a while', async () => {
    const { local, org, key } = await newApp(0);
    await fault(local, { kind: 'status', status: 503, times: 3 });
    expect((await finished(waitForActivation(org, { key, callbackUrl, waitMs: minute }))).result).toBe('active');
  });

  test('may be that it wants a code challenge: it knows the app, then', async () => {
    const { org, key } = await newApp(0);
    const { app } = await renderApp(appSettings({ pkceRequired: true }), context);
    await deploy(org, app);
    expect((await finished(waitForActivation(org, { key, callbackUrl, waitMs: minute }))).result).toBe('active');
  });
});
