import { describe, expect, onTestFinished, test } from 'vitest';

import type { Clock } from '../../../src/clock.ts';
import { startLocalOrg } from '../../../src/local-org/start-local-org.ts';
import { submitDeploy } from '../../../src/salesforce/metadata/deploy-request.ts';
import { packageZip } from '../../../src/salesforce/metadata/package-zip.ts';
import { watchDeploy, type DeployEvent, type WatchOutcome } from '../../../src/salesforce/metadata/watch-deploy.ts';
import { openOrg } from '../../../src/salesforce/org.ts';

/** Time that passes only by waiting, and not for real: long waits are seen at once, and every wait is remembered. */
function quickClock(): Clock & { waits: number[] } {
  const waits: number[] = [];
  let now = 0;
  return {
    waits,
    now: () => now,
    random: () => 0.5,
    sleep: async (ms) => {
      waits.push(ms);
      now += ms;
      await new Promise((turn) => setTimeout(turn, 5));
    },
  };
}

const namedCredential = `<?xml version="1.0" encoding="UTF-8"?>
<NamedCredential xmlns="http://soap.sforce.com/2006/04/metadata">
    <endpoint>https://example.com/hook</endpoint>
    <label>Hook</label>
    <principalType>Anonymous</principalType>
    <protocol>NoAuthentication</protocol>
</NamedCredential>`;
const manifest = `<?xml version="1.0" encoding="UTF-8"?>
<Package xmlns="http://soap.sforce.com/2006/04/metadata">
    <types><members>Hook</members><name>NamedCredential</name></types>
    <version>66.0</version>
</Package>`;

async function submitted() {
  const local = await startLocalOrg();
  onTestFinished(() => local.close());
  const clock = quickClock();
  const session = { instanceUrl: local.url, accessToken: local.issueAccessToken(), source: 'access-token' } as const;
  const org = await openOrg(session, { clock, preferredApiVersion: '66.0' });
  const zip = packageZip(
    new Map([
      ['package.xml', manifest],
      ['namedCredentials/Hook.namedCredential', namedCredential],
    ]),
  );
  const { id, protocol } = await submitDeploy(org, zip, { checkOnly: false, testLevel: 'NoTestRun' });
  clock.waits.length = 0;
  const fault = async (body: object) => {
    const response = await fetch(`${local.url}/_local/faults`, {
      method: 'POST',
      headers: { 'x-local-org-control': 'test', 'content-type': 'application/json' },
      body: JSON.stringify({ match: { method: 'GET', path: `/metadata/deployRequest/${id}` }, ...body }),
    });
    expect(response.status).toBe(201);
  };
  return { local, org, clock, id, protocol, fault };
}

async function watched(watching: AsyncGenerator<DeployEvent, WatchOutcome>) {
  const events: DeployEvent[] = [];
  for (;;) {
    const step = await watching.next();
    if (step.done === true) return { events, outcome: step.value };
    events.push(step.value);
  }
}

const anHour = 3_600_000;

describe('watching a deployment', () => {
  test('looks after 200 ms, then ever slower, but never slower than every ten seconds', async () => {
    const { local, org, clock, id, protocol } = await submitted();
    local.state.settings.deployPace = { queueMs: 400, componentMs: 0 };
    const zip = packageZip(
      new Map([
        ['package.xml', manifest],
        ['namedCredentials/Hook.namedCredential', namedCredential],
      ]),
    );
    await watched(watchDeploy(org, id, protocol, { waitMs: anHour }));
    const second = await submitDeploy(org, zip, { checkOnly: false, testLevel: 'NoTestRun' });
    clock.waits.length = 0;
    const { outcome } = await watched(watchDeploy(org, second.id, second.protocol, { waitMs: anHour }));
    expect(outcome.kind).toBe('done');
    expect(clock.waits[0]).toBeCloseTo(200);
    expect(clock.waits.every((wait, index) => index === 0 || wait >= (clock.waits[index - 1] ?? 0))).toBe(true);
    expect(Math.max(...clock.waits)).toBeLessThanOrEqual(12_000);
  });

  test.each([
    [
      '503',
      { kind: 'status', status: 503, body: '[{"errorCode":"SERVER_UNAVAILABLE","message":"busy"}]' },
      'SERVER_UNAVAILABLE',
    ],
    ['HTML', { kind: 'html', status: 200 }, undefined],
    ['dropped connections', { kind: 'drop' }, undefined],
    [
      'an unknown status',
      { kind: 'status', status: 200, body: '{"deployResult":{"status":"Unknown"}}' },
      'UNKNOWN_STATUS',
    ],
  ])('counts contact as lost after twelve failures in a row: %s', async (_what, body, code) => {
    const { org, id, protocol, fault } = await submitted();
    await fault(body);
    const { events, outcome } = await watched(watchDeploy(org, id, protocol, { waitMs: anHour }));
    expect(outcome.kind).toBe('lost-contact');
    expect(events.filter((event) => event.kind === 'trouble')).toHaveLength(11);
    if (code !== undefined) expect(outcome).toMatchObject({ code });
  });

  test('begins to count anew after a good answer', async () => {
    const { local, org, id, protocol, fault } = await submitted();
    local.state.settings.deployPace = { queueMs: 0, componentMs: 0 };
    await fault({ kind: 'drop', times: 11 });
    const { outcome } = await watched(watchDeploy(org, id, protocol, { waitMs: anHour }));
    expect(outcome).toMatchObject({ kind: 'done', status: { state: 'Succeeded' } });
  });

  test('stops at a refusal, since asking again cannot help', async () => {
    const { org, clock, id, protocol, fault } = await submitted();
    await fault({
      kind: 'status',
      status: 401,
      body: '[{"errorCode":"INVALID_SESSION_ID","message":"Session expired or invalid"}]',
    });
    const { outcome } = await watched(watchDeploy(org, id, protocol, { waitMs: anHour }));
    expect(outcome).toMatchObject({ kind: 'refused', error: { code: 'AUTH_FAILED' } });
    expect(clock.waits).toHaveLength(1);
  });
});
