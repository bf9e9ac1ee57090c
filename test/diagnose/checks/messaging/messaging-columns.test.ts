import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';

import { systemClock } from '../../../../src/clock.ts';
import type { Finding } from '../../../../src/diagnose/finding.ts';
import type { RunningOrg } from '../../../../src/local-org/start-local-org.ts';
import { metadataFile } from '../../../local-org/metadata/package-zip.ts';
import { copyOf, type HealthyOrg } from '../healthy-org.ts';
import { controlOf, deployFiles } from '../plant.ts';
import { verify, type VerifyOptions } from '../verdicts.ts';
import { buildHealthyMessagingOrg, issuer } from './healthy-messaging.ts';

let healthy: HealthyOrg;
beforeAll(async () => {
  healthy = await buildHealthyMessagingOrg();
}, 90_000);
afterAll(async () => {
  await healthy.close();
});

async function copy(): Promise<RunningOrg> {
  const org = await copyOf(healthy);
  onTestFinished(() => org.close());
  return org;
}

/** What the checks of Live Messaging say, and the requests that all checks took. */
async function look(
  org: RunningOrg,
  options: VerifyOptions = {},
): Promise<{ findings: Record<string, Finding>; statuses: Record<string, string>; requests: number }> {
  const { results, requests } = await verify(org, healthy.config, { localKeys: healthy.localKeys, ...options });
  const own = [...results.values()].filter(({ check }) => check.group === 'messaging');
  return {
    findings: Object.fromEntries(own.map(({ check, finding }) => [check.id, finding])),
    statuses: Object.fromEntries(own.map(({ check, finding }) => [check.id, finding.status])),
    requests,
  };
}

test('an org with Live Messaging at work passes every check, with few more requests than without', async () => {
  const { statuses, requests } = await look(await copy());
  expect(Object.keys(statuses)).toHaveLength(12);
  expect(new Set(Object.values(statuses))).toEqual(new Set(['pass']));
  expect(requests).toBeLessThanOrEqual(18);
});

test('a session whose token SOAP does not take says what it cannot see, and judges the rest', async () => {
  const { findings, statuses } = await look(await copy(), {
    opened: (org) => {
      Object.defineProperty(org, 'hasOpaqueToken', { value: () => false });
    },
  });
  expect(statuses).toMatchObject({
    'messaging.deployment': 'pass',
    'messaging.published': 'pass',
    'messaging.channel': 'pass',
    'messaging.recent': 'pass',
  });
  const unseen = ['auth-mode', 'keyset', 'key', 'parameters', 'flow', 'queue', 'verified-users'];
  for (const name of unseen) {
    expect(findings[`messaging.${name}`]).toMatchObject({
      status: 'skip',
      summary: expect.stringMatching(/a token in JWT format/),
    });
  }
});

test('without a key folder any key that lasts is enough, until the last one ends', async () => {
  const org = await copy();
  const days = (count: number): VerifyOptions => ({
    localKeys: undefined,
    clock: { ...systemClock, now: () => Date.now() + count * 86_400_000 },
  });
  const verdictAfter = async (count: number) => (await look(org, days(count))).findings['messaging.key'];
  expect(await verdictAfter(0)).toMatchObject({ status: 'pass' });
  expect(await verdictAfter(340)).toMatchObject({
    status: 'warn',
    summary: expect.stringMatching(/ends in 2[45] days/),
  });
  expect(await verdictAfter(357)).toMatchObject({
    status: 'fail',
    summary: expect.stringMatching(/ends in [78] days .*Salesforce wants 10/),
  });
  expect(await verdictAfter(400)).toMatchObject({ status: 'fail', summary: expect.stringMatching(/has ended/) });
});

test('a key folder that is damaged is told, and not taken for a difference', async () => {
  const localKeys = { folder: 'keys', keys: [], issuer, problem: 'its jwk.json is no JSON.' };
  const { findings } = await look(await copy(), { localKeys });
  expect(findings['messaging.key']).toMatchObject({
    status: 'warn',
    summary: 'The key of keys cannot be compared: its jwk.json is no JSON.',
    fixable: false,
  });
});

test('keys that Salesforce fetches from a URL are nothing to look into', async () => {
  const org = await copy();
  const jwksEndPoint = 'https://keys.example.com/jwks.json';
  const lines = [
    `<jwksEndPoint>${jwksEndPoint}</jwksEndPoint>`,
    `<jwtIssuer>${issuer}</jwtIssuer>`,
    '<masterLabel>OpenCX Keyset</masterLabel>',
    '<type>JWKS_URL</type>',
  ];
  const path = 'PublicKeyCertificateSet/OpenCX_Keyset.PublicKeyCertificateSet';
  const files = { [path]: metadataFile('PublicKeyCertificateSet', lines) };
  await deployFiles(org, files, 'PublicKeyCertificateSet', 'OpenCX_Keyset');
  const { findings } = await look(org);
  expect(findings['messaging.keyset']).toMatchObject({ status: 'warn', evidence: [jwksEndPoint] });
  expect(findings['messaging.key']?.status).toBe('skip');
});

test('an org that hangs up in the middle is not known, and nothing crashes', async () => {
  const org = await copy();
  const { statuses } = await look(org, {
    opened: async () => {
      await controlOf(org.url)('POST', 'faults', { kind: 'drop', match: { path: '/services/' } });
    },
  });
  expect(statuses).toEqual({
    ...Object.fromEntries(Object.keys(statuses).map((id) => [id, 'warn'])),
    'messaging.published': 'pass',
  });
});
