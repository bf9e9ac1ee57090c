import { quoted } from '../../provision/org/soql-literal.ts';
import type { Reading } from './reading.ts';

/** A grant of one of our fields, by a permission set or (as its own permission set) by a profile. */
export interface FieldGrant {
  /** As the API writes it, e.g. `Case.Case_From__c`. */
  field: string;
  permissionSetId: string;
  /** Profile or permission set. */
  giver: string;
  read: boolean;
  edit: boolean;
}

interface GrantRow {
  ParentId: string;
  Parent: { Name: string; Profile: { Name: string } | null };
  Field: string;
  PermissionsRead: boolean;
  PermissionsEdit: boolean;
}

export const fieldGrants: Reading<readonly FieldGrant[]> = {
  what: 'FieldPermissions of our fields',
  read: async ({ org, drawn }) => {
    const fields = drawn.parts.fields.components
      .filter(({ type }) => type === 'CustomField')
      .map((one) => one.fullName);
    const rows = await org.query<GrantRow>(
      `SELECT ParentId, Parent.Name, Parent.Profile.Name, Field, PermissionsRead, PermissionsEdit FROM FieldPermissions WHERE Field IN (${quoted(fields)})`,
      'reading who sees our fields',
    );
    return rows.map((row) => ({
      field: row.Field,
      permissionSetId: row.ParentId,
      giver: row.Parent.Profile?.Name ?? row.Parent.Name,
      read: row.PermissionsRead,
      edit: row.PermissionsEdit,
    }));
  },
};

/** Who has a permission set (or profile) that grants a field of ours. */
export const fieldReaders: Reading<readonly { username: string; permissionSetId: string }[]> = {
  what: 'PermissionSetAssignment of what grants our fields',
  read: async ({ org, drawn }) => {
    const fields = drawn.parts.fields.components
      .filter(({ type }) => type === 'CustomField')
      .map((one) => one.fullName);
    const rows = await org.query<{ Assignee: { Username: string }; PermissionSetId: string }>(
      `SELECT Assignee.Username, PermissionSetId FROM PermissionSetAssignment WHERE PermissionSetId IN (SELECT ParentId FROM FieldPermissions WHERE Field IN (${quoted(fields)}))`,
      'reading who has what grants our fields',
    );
    return rows.map((row) => ({ username: row.Assignee.Username, permissionSetId: row.PermissionSetId }));
  },
};
