import type { OrgState } from './org-state.ts';

/** Takes a transaction back in which nothing went wrong. */
class RolledBack extends Error {}

/** Runs work within the store and takes back all that it did there. @throws whatever the work throws */
export function withoutTrace<T>(org: OrgState, work: () => T): T {
  let result: { readonly value: T } | undefined;
  try {
    org.transaction(() => {
      result = { value: work() };
      throw new RolledBack('nothing is kept');
    });
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
  }
  if (result === undefined) throw new Error('Work ended without a result.');
  return result.value;
}
