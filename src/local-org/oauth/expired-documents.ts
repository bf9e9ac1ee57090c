import type { OrgState } from '../state/org-state.ts';

/** How long a purge holds, in milliseconds: looking through everything at each login would be slow. */
const INTERVAL_MS = 60_000;

const lastPurges = new WeakMap<OrgState, Map<string, number>>();

/** Removes documents of a kind whose `expiresAt` (ISO 8601) has passed; at most once a minute. */
export function purgeExpired(org: OrgState, kind: string): void {
  const now = org.now();
  const purges = lastPurges.get(org) ?? new Map<string, number>();
  lastPurges.set(org, purges);
  const last = purges.get(kind);
  // A clock that was put back must not stop the purges until it has caught up.
  if (last !== undefined && now.getTime() >= last && now.getTime() - last < INTERVAL_MS) return;
  purges.set(kind, now.getTime());
  org.transaction(() => {
    for (const { key, value } of org.documents.list(kind)) {
      if ((value as { expiresAt: string }).expiresAt <= now.toISOString()) org.documents.delete(kind, key);
    }
  });
}
