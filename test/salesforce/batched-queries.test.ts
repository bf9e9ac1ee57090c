import { describe, expect, test } from 'vitest';

import { systemClock } from '../../src/clock.ts';
import { withBatchedQueries } from '../../src/salesforce/batched-queries.ts';
import { openOrg, type Org } from '../../src/salesforce/org.ts';
import { servedOrg, type ServedOrg } from '../e2e/served-org.ts';
import { wireTap } from '../e2e/wire-tap.ts';

async function opened(): Promise<{ org: Org; served: ServedOrg; paths: () => string[] }> {
  const served = await servedOrg();
  const tap = await wireTap(served.running.url);
  const session = {
    instanceUrl: tap.url,
    accessToken: served.running.issueAccessToken(),
    source: 'access-token' as const,
  };
  const org = await openOrg(session, { clock: systemClock, preferredApiVersion: '66.0' });
  tap.requests.length = 0;
  const paths = () => tap.requests.map(({ path }) => path.replace(/\?.*/, ''));
  return { org, served, paths };
}

describe('queries asked for in one turn', () => {
  test('travel in one request for each API, and each gets its own answer', async () => {
    const { org, paths } = await opened();
    const batched = withBatchedQueries(org);
    const [profiles, users, classes, triggers] = await Promise.all([
      batched.query<{ Name: string }>(
        "SELECT Name FROM Profile WHERE Name = 'System Administrator'",
        'reading profiles',
      ),
      batched.query('SELECT Id FROM User', 'reading users'),
      batched.toolingQuery('SELECT Id FROM ApexClass', 'reading classes'),
      batched.toolingQuery('SELECT Id FROM ApexTrigger', 'reading triggers'),
    ]);
    expect(profiles).toMatchObject([{ Name: 'System Administrator' }]);
    expect(users.length).toBeGreaterThan(0);
    expect([classes, triggers]).toEqual([[], []]);
    expect(paths().sort()).toEqual([
      '/services/data/v66.0/composite/batch',
      '/services/data/v66.0/tooling/composite/batch',
    ]);
  });

  test('fail alone: one that is refused takes no other with it', async () => {
    const { org } = await opened();
    const batched = withBatchedQueries(org);
    const [good, bad] = await Promise.allSettled([
      batched.query('SELECT Id FROM User', 'reading users'),
      batched.query('SELECT Nothing__c FROM User', 'reading nothing'),
    ]);
    expect(good.status).toBe('fulfilled');
    expect(bad).toMatchObject({
      status: 'rejected',
      reason: {
        code: 'ORG_REFUSED',
        message: expect.stringMatching(/while reading nothing: INVALID_FIELD/),
        details: { salesforceErrorCode: 'INVALID_FIELD' },
      },
    });
  });

  test('go one by one where the org refuses batches', async () => {
    const { org, served, paths } = await opened();
    await served.control('POST', '/faults', { kind: 'status', status: 404, match: { path: '/composite/batch$' } });
    const batched = withBatchedQueries(org);
    const [users, profiles] = await Promise.all([
      batched.query('SELECT Id FROM User', 'reading users'),
      batched.query('SELECT Id FROM Profile', 'reading profiles'),
    ]);
    expect(users.length).toBeGreaterThan(0);
    expect(profiles.length).toBeGreaterThan(0);
    expect(paths().filter((path) => path.endsWith('/query'))).toHaveLength(2);
  });

  test('come in several batches where there are more than a batch takes', async () => {
    const { org, paths } = await opened();
    const batched = withBatchedQueries(org);
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) => batched.query(`SELECT Id FROM User LIMIT ${index}`, 'reading users')),
    );
    expect(answers[0]).toEqual([]);
    expect(paths()).toHaveLength(2);
  });

  test('give all their rows where the first page does not hold them', async () => {
    const { org } = await opened();
    for (let chunk = 0; chunk < 11; chunk += 1) {
      const records = Array.from({ length: 200 }, (_, index) => ({
        attributes: { type: 'Case' },
        Subject: `Case ${chunk * 200 + index}`,
      }));
      await org.rest('POST', '/composite/sobjects', 'making cases', { records });
    }
    const batched = withBatchedQueries(org);
    const [cases] = await Promise.all([
      batched.query('SELECT Id FROM Case', 'reading cases'),
      batched.query('SELECT Id FROM User', 'reading users'),
    ]);
    expect(cases).toHaveLength(2200);
  });
});
