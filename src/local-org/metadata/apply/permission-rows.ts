import { flagOf, listOf, textOf } from '../elements/metadata-value.ts';
import type { MetadataValue } from '../elements/metadata-value.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { FieldValue, StoredRecord } from '../../state/record-store.ts';
import type { RowSource } from './row-source.ts';

/** Fields of the PermissionSet row itself, user permissions among them. */
export function permissionSetFields({ org, fullName, value, metadata }: RowSource): Record<string, FieldValue> {
  const granted = new Set(
    listOf(value, 'userPermissions')
      .filter((entry) => flagOf(entry, 'enabled', false))
      .map((entry) => `Permissions${textOf(entry, 'name') ?? ''}`),
  );
  const permissions = (org.schema().data.object('PermissionSet')?.fields ?? [])
    .filter((field) => field.name.startsWith('Permissions') && field.type === 'boolean')
    .map((field): [string, boolean] => [field.name, granted.has(field.name)]);
  return {
    Name: fullName,
    FullName: fullName,
    Label: textOf(value, 'label') ?? fullName,
    Description: textOf(value, 'description') ?? null,
    HasActivationRequired: flagOf(value, 'hasActivationRequired', false),
    IsCustom: true,
    IsOwnedByProfile: false,
    Type: 'Regular',
    ManageableState: 'unmanaged',
    Metadata: metadata,
    ...Object.fromEntries(permissions),
  };
}

type Row = Record<string, FieldValue>;

/**
 * Brings the rows that hang on a permission set to what its metadata says: FieldPermissions, ObjectPermissions and
 * SetupEntityAccess. A deployed permission set replaces what was there; rows that stay keep their ids.
 */
export function writePermissionRows(
  org: OrgState,
  permissionSetId: string,
  value: MetadataValue,
  userId: string,
): void {
  const present = (sobject: string): StoredRecord[] => org.records.find(sobject, { ParentId: permissionSetId });
  const sync = (
    sobject: string,
    keyFields: readonly string[],
    rows: readonly Row[],
    among = present(sobject),
  ): void => {
    const wanted = rows.map((row) => ({ ...row, ParentId: permissionSetId }));
    syncRows(org, sobject, keyFields, wanted, among, userId);
  };
  sync('FieldPermissions', ['SobjectType', 'Field'], fieldRows(org, value));
  sync('ObjectPermissions', ['SobjectType'], objectRows(org, value));
  // Access to organization-wide addresses is no part of the file.
  const classes = present('SetupEntityAccess').filter((row) => row['SetupEntityType'] !== 'OrgWideEmailAddress');
  sync('SetupEntityAccess', ['SetupEntityId'], classRows(org, value), classes);
}

function fieldRows(org: OrgState, value: MetadataValue): Row[] {
  return listOf(value, 'fieldPermissions')
    .filter((entry) => flagOf(entry, 'readable', false))
    .map((entry) => {
      const [objectName = '', fieldName = ''] = (textOf(entry, 'field') ?? '').split('.');
      const object = org.schema().data.object(objectName);
      const name = object?.name ?? objectName;
      return {
        SobjectType: name,
        Field: `${name}.${object?.field(fieldName)?.name ?? fieldName}`,
        PermissionsRead: true,
        PermissionsEdit: flagOf(entry, 'editable', false),
      };
    });
}

function objectRows(org: OrgState, value: MetadataValue): Row[] {
  return listOf(value, 'objectPermissions')
    .filter((entry) => flagOf(entry, 'allowRead', false))
    .map((entry) => ({
      SobjectType: org.schema().data.object(textOf(entry, 'object') ?? '')?.name ?? textOf(entry, 'object') ?? '',
      PermissionsCreate: flagOf(entry, 'allowCreate', false),
      PermissionsRead: true,
      PermissionsEdit: flagOf(entry, 'allowEdit', false),
      PermissionsDelete: flagOf(entry, 'allowDelete', false),
      PermissionsViewAllRecords: flagOf(entry, 'viewAllRecords', false),
      PermissionsModifyAllRecords: flagOf(entry, 'modifyAllRecords', false),
      PermissionsViewAllFields: flagOf(entry, 'viewAllFields', false),
    }));
}

function classRows(org: OrgState, value: MetadataValue): Row[] {
  return listOf(value, 'classAccesses')
    .filter((entry) => flagOf(entry, 'enabled', false))
    .map((entry) => ({
      SetupEntityId: org.components.get('ApexClass', textOf(entry, 'apexClass') ?? '')?.recordId ?? null,
      SetupEntityType: 'ApexClass',
    }));
}

function syncRows(
  org: OrgState,
  sobject: string,
  keyFields: readonly string[],
  wanted: readonly Row[],
  among: readonly StoredRecord[],
  userId: string,
): void {
  const keyOf = (row: Row): string => JSON.stringify(keyFields.map((field) => row[field]));
  const present = new Map(among.map((row) => [keyOf(row), row]));
  for (const row of wanted) {
    const known = present.get(keyOf(row));
    present.delete(keyOf(row));
    if (known === undefined) org.records.insert(sobject, row, userId);
    else if (Object.entries(row).some(([field, content]) => (known[field] ?? null) !== content)) {
      org.records.update(sobject, known.Id, row, userId);
    }
  }
  for (const row of present.values()) org.records.delete(sobject, row.Id);
}
