import type { OrgState } from '../state/org-state.ts';
import type { StoredRecord } from '../state/record-store.ts';
import { fieldText } from '../state/field-text.ts';

/** The user of a Username; case does not matter, and a user who is not active is found too. */
export function findUser(org: OrgState, username: string): StoredRecord | undefined {
  const wanted = username.toLowerCase();
  return org.records.all('User').find((user) => fieldText(user['Username']).toLowerCase() === wanted);
}
