import { permissionEntries } from '../../../metadata/apply/permission-values.ts';
import { forgetPermissionSet, refreshPermissionSet } from '../../../metadata/apply/refresh-permission-set.ts';
import { assignedProblem } from '../../../metadata/references/assigned-problem.ts';
import { dependencyProblem } from '../../../metadata/rules/permissions/permission-dependencies.ts';
import { RecordRefused } from '../../save/save-error.ts';
import type { ObjectRules } from '../object-rules.ts';
import { fieldText } from '../../../state/field-text.ts';

/** Rows that grant something: their permission set as a component says the same. */
export const grantRules: ObjectRules = {
  finish: ({ org, userId }, record) => {
    refreshPermissionSet(org, fieldText(record['ParentId']), userId);
  },
  removed: (org, record) => {
    refreshPermissionSet(org, fieldText(record['ParentId']), org.settings.adminUserId);
  },
};

export const fieldPermissionRules: ObjectRules = {
  ...grantRules,
  prepare: ({ org, operation, values }) => {
    const [objectName = '', fieldName = ''] = fieldText(values['Field'] ?? '').split('.');
    const object = org.schema().data.object(objectName);
    const field = object?.field(fieldName);
    if (object === undefined || field?.permissionable !== true || object.name !== values['SobjectType']) {
      const message = `Field Name: bad value for restricted picklist field: ${fieldText(values['Field'])}`;
      throw new RecordRefused('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', message, ['Field']);
    }
    if (values['PermissionsEdit'] === true && values['PermissionsRead'] !== true) {
      const message = 'Field permission to edit depends on: Read';
      throw new RecordRefused('FIELD_INTEGRITY_EXCEPTION', message, ['PermissionsRead']);
    }
    values['Field'] = `${object.name}.${field.name}`;
    if (operation === 'update') return;
    const twin = org.records.find('FieldPermissions', {
      ParentId: values['ParentId'] ?? null,
      Field: values['Field'],
    })[0];
    if (twin !== undefined) throw duplicate('FieldPermissions', twin.Id);
  },
};

export const permissionSetRules: ObjectRules = {
  prepare: ({ org, operation, values }) => {
    const depends = dependencyProblem({ userPermissions: permissionEntries(values) });
    if (depends !== undefined) throw new RecordRefused('FIELD_INTEGRITY_EXCEPTION', depends.message);
    if (operation === 'update') return;
    const name = fieldText(values['Name']);
    if (!/^[A-Za-z](?!.*__)(?:\w*[A-Za-z0-9])?$/.test(name)) {
      const message =
        'The Permission Set API Name can only contain underscores and alphanumeric characters. It must be unique, begin with a letter, not include spaces, not end with an underscore, and not contain two consecutive underscores.';
      throw new RecordRefused('FIELD_INTEGRITY_EXCEPTION', message, ['Name']);
    }
    const twin = org.records
      .all('PermissionSet')
      .some((set) => fieldText(set['Name']).toLowerCase() === name.toLowerCase());
    if (twin) {
      const message = `The name you entered is already used: ${name}`;
      throw new RecordRefused('DUPLICATE_DEVELOPER_NAME', message, ['Name']);
    }
    Object.assign(values, { IsCustom: true, IsOwnedByProfile: false, Type: 'Regular' });
  },
  finish: ({ org, userId }, record) => {
    refreshPermissionSet(org, record.Id, userId);
  },
  refuseDelete: (org, set) => {
    if (set['IsOwnedByProfile'] === true) {
      throw new RecordRefused('DELETE_FAILED', 'Cannot delete a permission set that is owned by a profile');
    }
    const message = assignedProblem(org, set.Id);
    if (message !== undefined) throw new RecordRefused('DELETE_FAILED', message);
  },
  removed: (org, set) => {
    forgetPermissionSet(org, fieldText(set['Name']));
  },
  cascade: [
    { sobject: 'FieldPermissions', field: 'ParentId' },
    { sobject: 'ObjectPermissions', field: 'ParentId' },
    { sobject: 'SetupEntityAccess', field: 'ParentId' },
    { sobject: 'PermissionSetAssignment', field: 'PermissionSetId' },
  ],
};

export const permissionSetAssignmentRules: ObjectRules = {
  prepare: ({ org, operation, values }) => {
    if (operation === 'update') return;
    const { AssigneeId = null, PermissionSetId = null } = values;
    if (PermissionSetId === null) {
      const message = 'Required fields are missing: [PermissionSetId]';
      throw new RecordRefused('REQUIRED_FIELD_MISSING', message, ['PermissionSetId']);
    }
    const set = org.records.get('PermissionSet', fieldText(PermissionSetId));
    if (set?.['IsOwnedByProfile'] === true) {
      const message = 'Cannot assign a permission set that is owned by a profile';
      throw new RecordRefused('FIELD_INTEGRITY_EXCEPTION', message, ['PermissionSetId']);
    }
    if (org.records.get('User', fieldText(AssigneeId))?.['IsActive'] !== true) {
      const message = `operation performed with inactive user [${fieldText(AssigneeId)}] as assignee of permission set`;
      throw new RecordRefused('INACTIVE_OWNER_OR_USER', message, ['AssigneeId']);
    }
    if (org.records.find('PermissionSetAssignment', { AssigneeId, PermissionSetId }).length === 0) return;
    const ids = [AssigneeId, PermissionSetId].map((id) => fieldText(id).slice(0, 15));
    const message = `Duplicate PermissionSetAssignment. Assignee: ${ids[0]}; Permission Set: ${ids[1]}`;
    throw new RecordRefused('DUPLICATE_VALUE', message, ['AssigneeId', 'PermissionSetId']);
  },
  refuseDelete: (org, assignment) => {
    const set = org.records.get('PermissionSet', fieldText(assignment['PermissionSetId']));
    if (set?.['IsOwnedByProfile'] !== true) return;
    const message = 'Cannot delete the assignment of a permission set that is owned by a profile';
    throw new RecordRefused('DELETE_FAILED', message);
  },
};

function duplicate(sobject: string, id: string): RecordRefused {
  return new RecordRefused(
    'DUPLICATE_VALUE',
    `duplicate value found: ${sobject} duplicates value on record with id: ${id.slice(0, 15)}`,
  );
}
