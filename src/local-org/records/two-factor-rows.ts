import type { OrgState } from '../state/org-state.ts';
import type { StoredRecord } from '../state/record-store.ts';

/**
 * Rows of TwoFactorMethodsInfo: one a user. Nobody registers a method here, so what they tell is whether the user has
 * proved that the user's own address is theirs.
 */
export function twoFactorRows(org: OrgState): StoredRecord[] {
  return org.records.all('User').map((user) => ({
    Id: '000000000000000AAA',
    UserId: user.Id,
    HasUserVerifiedEmailAddress: user['HasUserVerifiedEmail'] === true,
  }));
}
