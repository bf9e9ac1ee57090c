import { systemClock, type Clock } from '../../../src/clock.ts';
import type { Config } from '../../../src/config/config-schema.ts';
import { openCheckContext, type Expectations, type LocalKeys } from '../../../src/diagnose/check-context.ts';
import { checks } from '../../../src/diagnose/registry.ts';
import { runChecks, type Result } from '../../../src/diagnose/run/run-checks.ts';
import type { RunningOrg } from '../../../src/local-org/start-local-org.ts';
import { openOrg, type Org } from '../../../src/salesforce/org.ts';

export interface VerifyOptions {
  accessToken?: string;
  clock?: Clock;
  expectations?: Expectations;
  localKeys?: LocalKeys | undefined;
  /** Called once the org is open, before the checks begin. */
  opened?: (org: Org) => Promise<void> | void;
  /** Where the org is met instead of its own address. */
  url?: string;
}

/** Runs every check against an org over HTTP. @returns results by id, and the requests that all of it took */
export async function verify(
  running: RunningOrg,
  config: Config,
  {
    accessToken = running.issueAccessToken(),
    clock = systemClock,
    expectations = {},
    localKeys,
    opened,
    url = running.url,
  }: VerifyOptions = {},
): Promise<{ results: Map<string, Result>; requests: number }> {
  const session = { instanceUrl: url, accessToken, source: 'access-token' as const };
  const org = await openOrg(session, { clock, preferredApiVersion: '66.0' });
  await org.userId();
  await opened?.(org);
  const context = await openCheckContext(org, config, {
    expectations,
    scrtUrl: running.scrtUrl,
    ...(localKeys === undefined ? {} : { localKeys }),
  });
  const results = new Map<string, Result>();
  for await (const result of runChecks(checks, context)) results.set(result.check.id, result);
  return { results, requests: org.requests() };
}

/** Statuses by id, in the order of the registry. */
export function statuses(results: ReadonlyMap<string, Result>): Record<string, string> {
  return Object.fromEntries(checks.map(({ id }) => [id, results.get(id)?.finding.status ?? 'missing']));
}
