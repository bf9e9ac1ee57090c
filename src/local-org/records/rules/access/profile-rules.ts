import { deletionRefusal } from '../../../metadata/profiles/profile-deletion.ts';
import { isCustomProfile, permissionSetOf } from '../../../metadata/profiles/profile-names.ts';
import { PERMISSION_NAMES } from '../../../schema/permission-names.ts';
import { RecordRefused } from '../../save/save-error.ts';
import type { ObjectRules } from '../object-rules.ts';

const FIELDS = PERMISSION_NAMES.map((name) => `Permissions${name}`);

/** Profiles as records: what they grant is what their permission set grants. */
export const profileRules: ObjectRules = {
  prepare: ({ org, old, values }) => {
    if (old === undefined || isCustomProfile(org, old.Id)) return;
    const changed = FIELDS.filter((field) => (old[field] ?? false) !== (values[field] ?? false));
    if (changed.length === 0) return;
    throw new RecordRefused('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', 'Cannot edit a standard profile', changed);
  },
  finish: ({ org, userId }, record) => {
    const set = permissionSetOf(org, record.Id);
    if (set === undefined) return;
    const granted = Object.fromEntries(FIELDS.map((field) => [field, record[field] === true]));
    org.records.update('PermissionSet', set.Id, granted, userId);
  },
  refuseDelete: (org, profile) => {
    const message = deletionRefusal(org, profile.Id);
    if (message !== undefined) throw new RecordRefused('DELETE_FAILED', message);
  },
  cascade: [
    { sobject: 'PermissionSet', field: 'ProfileId' },
    { sobject: 'OrgEmailAddressSecurity', field: 'ParentId' },
  ],
};
