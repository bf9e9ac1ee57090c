import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Config } from '../../../src/config/config-schema.ts';
import { checks } from '../../../src/diagnose/registry.ts';
import type { RunningOrg } from '../../../src/local-org/start-local-org.ts';
import { userOf, type OrgUser } from '../../e2e/story/org-user.ts';
import { buildHealthyOrg, copyOf, type HealthyOrg } from './healthy-org.ts';
import { controlOf, type Control } from './plant.ts';
import { statuses, verify, type VerifyOptions } from './verdicts.ts';

/** An org in which something is about to be broken. */
export interface Stage {
  org: RunningOrg;
  admin: OrgUser;
  control: Control;
  config: Config;
  healthy: HealthyOrg;
}

/** What the run after it needs beside the org. */
export interface Afterwards extends VerifyOptions {
  config?: Config;
}

export interface Fault {
  check: string;
  /** What somebody did. */
  what: string;
  verdict: 'warn' | 'fail';
  /** What the summary or the evidence has to say. */
  says: RegExp;
  plant: (stage: Stage) => Promise<Afterwards | void>;
}

/** Each fault changes the verdict of its check, and of no other but those that are left out for its sake. */
export function describeFaults(group: string, faults: readonly Fault[], build = buildHealthyOrg): void {
  describe(`faults of ${group}`, () => {
    let healthy: HealthyOrg;
    let before: Record<string, string>;
    beforeAll(async () => {
      healthy = await build();
      const org = await copyOf(healthy);
      before = statuses((await verify(org, healthy.config, { localKeys: healthy.localKeys })).results);
      await org.close();
    }, 90_000);
    afterAll(async () => {
      await healthy.close();
    });

    test.each(faults)('$check: $what', { timeout: 30_000 }, async ({ check, verdict, says, plant }) => {
      const org = await copyOf(healthy);
      try {
        const admin = await userOf(org.url, org.issueAccessToken());
        const stage = { org, admin, control: controlOf(org.url), config: healthy.config, healthy };
        const { config = healthy.config, ...options } = (await plant(stage)) ?? {};
        const { results } = await verify(org, config, { localKeys: healthy.localKeys, ...options });
        const { finding } = results.get(check) ?? {};
        expect([finding?.summary, ...(finding?.evidence ?? [])].join('\n')).toMatch(says);
        expect(statuses(results)).toEqual({ ...before, ...dependants(check, verdict, before), [check]: verdict });
      } finally {
        await org.close();
      }
    });
  });
}

/** What is left out when a check fails: all that requires it, also by way of others. What did not apply stays so. */
function dependants(id: string, verdict: Fault['verdict'], before: Record<string, string>): Record<string, string> {
  if (verdict !== 'fail') return {};
  const left = new Set([id]);
  for (const check of checks) {
    if (check.requires.some((one) => left.has(one)) && before[check.id] !== undefined) left.add(check.id);
  }
  left.delete(id);
  return Object.fromEntries([...left].map((one) => [one, 'skip']));
}

/** Answers a query, also inside of a batch, with other rows than the org has. */
export async function answerQuery(control: Control, from: string, records: readonly object[]): Promise<void> {
  const body = JSON.stringify({ totalSize: records.length, done: true, records });
  await control('POST', 'faults', { kind: 'status', status: 200, body, match: { path: from } });
}

/** Answers `/limits` with these in the place of the org's. */
export async function answerLimits(
  control: Control,
  limits: Record<string, { Max: number; Remaining: number }>,
): Promise<void> {
  const usual = {
    DailyApiRequests: { Max: 15_000, Remaining: 14_000 },
    DailyAsyncApexExecutions: { Max: 250_000, Remaining: 249_000 },
    SingleEmail: { Max: 50, Remaining: 49 },
  };
  const body = JSON.stringify({ ...usual, ...limits });
  await control('POST', 'faults', { kind: 'status', status: 200, body, match: { path: '/limits' } });
}
