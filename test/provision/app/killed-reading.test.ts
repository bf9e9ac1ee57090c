import { describe, expect, test } from 'vitest';

import { readAppCredentials } from '../../../src/provision/app/app-credentials.ts';
import { lentAccess, restoreLentAccess } from '../../../src/provision/app/lent-access.ts';
import type { Org } from '../../../src/salesforce/org.ts';
import type { ServedOrg } from '../../e2e/served-org.ts';
import { connect, finished, orgWithApp } from './app-org.ts';
import { traces, untouched } from './traces.ts';

/** More requests than a reading makes, restoring included; the stories stop where it is over. */
const longest = 60;

async function fault(local: ServedOrg, body: object): Promise<void> {
  await local.control('POST', '/faults', { match: { path: '' }, ...body });
}

/** One reading, whatever becomes of it, and that its failures give nothing away. */
async function attempt(org: Org, secrets: readonly string[]): Promise<string> {
  return await finished(readAppCredentials(org, 'OpenCX')).then(
    ({ result }) => result.kind,
    (error: Error & { nextSteps?: string[]; details?: object }) => {
      const told = [error.message, error.stack, JSON.stringify(error.nextSteps), JSON.stringify(error.details)].join();
      for (const secret of secrets) expect(told).not.toContain(secret);
      return 'failed';
    },
  );
}

async function secretsOf(local: ServedOrg): Promise<string[]> {
  const { result } = await finished(readAppCredentials(await connect(local), 'OpenCX'));
  if (result.kind !== 'read') throw new Error('not read');
  return [result.key, result.secret];
}

/** The faults that stand for what may happen at request n of a reading. */
const interruptions: [string, (n: number) => object[]][] = [
  ['killed before it', (n) => [{ kind: 'drop', after: n }]],
  [
    'killed after it',
    (n) => [
      { kind: 'drop-after', after: n, times: 1 },
      { kind: 'drop', after: n + 1 },
    ],
  ],
  ['all answers lost from it on', (n) => [{ kind: 'drop-after', after: n }]],
  ['the org down from it on', (n) => [{ kind: 'status', status: 500, after: n }]],
];

describe('a reading that cannot even take back what it lent', () => {
  test.each(interruptions)('is restored by another process: %s', async (_what, faultsAt) => {
    const { local } = await orgWithApp();
    const secrets = await secretsOf(local);
    let interrupted = 0;
    let left = 0;
    for (let n = 0; n < longest; n += 1) {
      const org = await connect(local);
      for (const body of faultsAt(n)) await fault(local, body);
      const ended = await attempt(org, secrets);
      const hit = await faultsHit(local);
      await local.control('DELETE', '/faults');

      const fresh = await connect(local);
      const leftover = await lentAccess(fresh);
      if (leftover) left += 1;
      expect(await restoreLentAccess(fresh), `request ${n}`).toBe(leftover);
      expect(await traces(local), `request ${n}`).toEqual(untouched);
      if (!hit) {
        expect(ended).toBe('read');
        break;
      }
      interrupted += 1;
    }
    expect(interrupted).toBeGreaterThan(12);
    expect(interrupted).toBeLessThan(longest);
    expect(left).toBeGreaterThan(6);
  });
});

describe('a reading that meets trouble once', () => {
  test.each([
    ['a request is lost', { kind: 'drop' }],
    ['an answer is lost', { kind: 'drop-after' }],
    ['the org stumbles', { kind: 'status', status: 500 }],
  ])('takes back by itself what it lent: %s', async (_what, kind) => {
    const { local } = await orgWithApp();
    const secrets = await secretsOf(local);
    for (let n = 0; n < longest; n += 1) {
      const org = await connect(local);
      await fault(local, { ...kind, after: n, times: 1 });
      const ended = await attempt(org, secrets);
      const hit = await faultsHit(local);
      await local.control('DELETE', '/faults');
      expect(await traces(local), `request ${n}`).toEqual(untouched);
      if (!hit) {
        expect(ended).toBe('read');
        return;
      }
    }
    throw new Error('the reading never came to its end');
  });
});

describe('restoring that is interrupted itself', () => {
  test('goes on where it stopped', async () => {
    for (const kind of ['drop', 'drop-after']) {
      const { local } = await orgWithApp();
      for (let n = 0; n < longest; n += 1) {
        const left = await connect(local);
        const reading = readAppCredentials(left, 'OpenCX');
        while (!(await reading.next()).done) if ((await traces(local)).setting === true) break;
        expect((await traces(local)).setting).toBe(true);

        const first = await connect(local);
        await fault(local, { kind, after: n });
        await restoreLentAccess(first).catch(() => undefined);
        const hit = await faultsHit(local);
        await local.control('DELETE', '/faults');
        await restoreLentAccess(await connect(local));
        expect(await traces(local), `${kind} ${n}`).toEqual(untouched);
        if (!hit) break;
      }
    }
  });
});

async function faultsHit(local: ServedOrg): Promise<boolean> {
  const { faults } = (await local.control('GET', '/faults')) as { faults: { hits: number }[] };
  return faults.some(({ hits }) => hits > 0);
}
