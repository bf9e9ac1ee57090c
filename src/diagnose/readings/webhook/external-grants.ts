import { quoted } from '../../../provision/org/soql-literal.ts';
import type { Reading } from '../reading.ts';

/** Who may use the External Credential by the permission set of the integration. */
export interface ExternalGrants {
  usernames: readonly string[];
}

/**
 * A grant of a principal stands in no row that a query gives: whoever has our permission set, and reading User External
 * Credentials by it, has both, as it is deployed with both.
 */
export const externalGrants: Reading<ExternalGrants> = {
  what: 'PermissionSetAssignment of the permission set that reads UserExternalCredential',
  read: async ({ org, drawn }) => {
    const name = drawn.settings.names.permissionSet;
    const rows = await org.query<{ Assignee: { Username: string } }>(
      `SELECT Assignee.Username FROM PermissionSetAssignment WHERE PermissionSet.Name = ${quoted([name])} AND PermissionSetId IN (SELECT ParentId FROM ObjectPermissions WHERE SobjectType = 'UserExternalCredential' AND PermissionsRead = true)`,
      'reading who may use the External Credential',
    );
    return { usernames: rows.map(({ Assignee }) => Assignee.Username) };
  },
};
