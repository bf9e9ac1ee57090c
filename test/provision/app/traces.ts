import { temporarySetName } from '../../../src/provision/app/lent-access.ts';
import type { Org } from '../../../src/salesforce/org.ts';
import { fieldText } from '../../../src/local-org/state/field-text.ts';
import { settingsOf } from '../../../src/local-org/settings/settings-documents.ts';
import type { ServedOrg } from '../../e2e/served-org.ts';

/** What lending leaves in an org, looked at from inside. */
export interface Traces {
  setting: unknown;
  /** Permission sets by the name of the temporary one. */
  sets: number;
  /** Assignments of such a permission set, or of one that is gone. */
  assignments: number;
}

export const untouched: Traces = { setting: false, sets: 0, assignments: 0 };

export async function traces({ running: { state } }: ServedOrg): Promise<Traces> {
  const sets = state.records.find('PermissionSet', { Name: temporarySetName });
  const assignments = state.records
    .all('PermissionSetAssignment')
    .filter(
      ({ PermissionSetId }) =>
        state.records.get('PermissionSet', fieldText(PermissionSetId)) === undefined ||
        sets.some(({ Id }) => Id === PermissionSetId),
    );
  const setting = settingsOf(state, 'ExternalClientApp')['enableClientSecretInRestApiAccess'];
  return await Promise.resolve({ setting, sets: sets.length, assignments: assignments.length });
}

/** Gives the running user for good what is otherwise lent. */
export async function grant(org: Org): Promise<void> {
  const { id } = await org.rest<{ id: string }>('POST', '/sobjects/PermissionSet', 'test', {
    Name: 'Secret_Readers',
    Label: 'Secret Readers',
    PermissionsExternalClientAppDeveloper: true,
    PermissionsViewClientSecret: true,
  });
  const assignment = { AssigneeId: await org.userId(), PermissionSetId: id };
  await org.rest('POST', '/sobjects/PermissionSetAssignment', 'test', assignment);
}
