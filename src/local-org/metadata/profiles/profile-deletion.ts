import type { OrgState } from '../../state/org-state.ts';
import { isCustomProfile } from './profile-names.ts';

/**
 * Why a profile stays: it is the platform's own, or somebody has it, active or not. Deployments are reported to say that
 * it is in use; the exact sentences are not documented.
 */
export function deletionRefusal(org: OrgState, profileId: string): string | undefined {
  if (!isCustomProfile(org, profileId)) return 'Cannot delete a standard profile';
  const users = org.records.find('User', { ProfileId: profileId });
  return users.length === 0 ? undefined : 'Cannot delete profile in use';
}
