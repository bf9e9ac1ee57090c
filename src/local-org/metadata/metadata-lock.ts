import type { OrgState } from '../state/org-state.ts';

const tails = new WeakMap<OrgState, Promise<unknown>>();

/**
 * Runs one change of an org's metadata at a time: compiling is asynchronous, and what was checked must still hold when
 * it is saved. Waits for those that came before, whether they succeeded or not.
 */
export async function withMetadataLock<T>(org: OrgState, work: () => Promise<T>): Promise<T> {
  const before = tails.get(org) ?? Promise.resolve();
  const mine = before.then(work, work);
  tails.set(
    org,
    mine.then(
      () => undefined,
      () => undefined,
    ),
  );
  return await mine;
}
