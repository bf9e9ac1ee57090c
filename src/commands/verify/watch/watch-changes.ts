import type { Result } from '../../../diagnose/run/run-checks.ts';
import type { VerifyChange } from '../result-schema.ts';

/** What was known after the last run of a watch. */
export interface WatchState {
  runs: number;
  /** Status of each check, as of the last run in which the org could be asked. */
  statuses: ReadonlyMap<string, string>;
  reachable: boolean;
}

export const startOfWatch: WatchState = { runs: 0, statuses: new Map(), reachable: true };

/** What a first run tells of: the rest is as it should be. */
const worthTelling: ReadonlySet<string> = new Set(['warn', 'fail', 'crash']);

/**
 * What has changed since the run before. An org that cannot be reached is one change, not one for each check.
 * @param now milliseconds since 1970
 */
export function changesSince(
  before: WatchState,
  results: readonly Result[],
  now: number,
): { state: WatchState; changes: VerifyChange[] } {
  const at = new Date(now).toISOString();
  const runs = before.runs + 1;
  const lost = results.find(({ finding }) => finding.data['code'] === 'NETWORK');
  if (lost !== undefined) {
    const summary = lost.finding.evidence[0] ?? lost.finding.summary;
    const change: VerifyChange = { at, id: 'org', before: 'pass', status: 'warn', summary };
    return { state: { ...before, runs, reachable: false }, changes: before.reachable ? [change] : [] };
  }
  const back: VerifyChange[] = before.reachable
    ? []
    : [{ at, id: 'org', before: 'warn', status: 'pass', summary: 'The org answers again.' }];
  const changes = results.flatMap(({ check: { id }, finding: { status, summary } }): VerifyChange[] => {
    const old = before.statuses.get(id);
    if (old === undefined) return worthTelling.has(status) ? [{ at, id, status, summary }] : [];
    return old === status ? [] : [{ at, id, before: old, status, summary }];
  });
  const statuses = new Map(results.map(({ check, finding }) => [check.id, finding.status]));
  return { state: { runs, statuses, reachable: true }, changes: [...back, ...changes] };
}
