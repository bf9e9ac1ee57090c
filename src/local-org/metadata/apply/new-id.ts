import type { OrgState } from '../../state/org-state.ts';
import { makeId } from '../../store/record-id.ts';

/**
 * A new id for what has ids but no rows here: components without an object of their own, asynchronous retrieves.
 * @param keyPrefix three characters, e.g. `09S`
 */
export function newId(org: OrgState, keyPrefix: string): string {
  return makeId(keyPrefix, org.nextNumber(keyPrefix));
}
