import { userHasPermission } from '../records/user-permission-row.ts';
import type { OrgState } from '../state/org-state.ts';
import { MetadataFault } from './metadata-fault.ts';

/**
 * The Metadata API, whatever the protocol, is for users who may change metadata.
 * @throws MetadataFault INSUFFICIENT_ACCESS in Salesforce's words
 */
export function refuseWithoutMetadataAccess(org: OrgState, userId: string): void {
  if (userHasPermission(org, userId, 'ModifyAllData') || userHasPermission(org, userId, 'ModifyMetadata')) return;
  throw new MetadataFault(
    'INSUFFICIENT_ACCESS',
    'use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions',
  );
}
