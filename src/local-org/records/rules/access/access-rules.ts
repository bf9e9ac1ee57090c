import { fieldText } from '../../../state/field-text.ts';
import type { OrgState } from '../../../state/org-state.ts';
import type { FieldValue } from '../../../state/record-store.ts';
import { RecordRefused } from '../../save/save-error.ts';
import type { ObjectRules } from '../object-rules.ts';
import { grantRules } from './permission-rules.ts';

/** What a permission set lets in to: the type of an entity is that of its id. */
export const setupEntityAccessRules: ObjectRules = {
  ...grantRules,
  prepare: ({ org, values }) => {
    const { ParentId = null, SetupEntityId = null } = values;
    values['SetupEntityType'] = org.schema().data.objectByKeyPrefix(fieldText(SetupEntityId).slice(0, 3))?.name ?? null;
    refuseTwin(org, 'SetupEntityAccess', { ParentId, SetupEntityId });
  },
};

/** Which profiles may send from an organization-wide address that is not open to all. */
export const orgEmailAddressSecurityRules: ObjectRules = {
  prepare: ({ org, values }) => {
    const { OrgWideEmailAddressId = null, ParentId = null } = values;
    refuseTwin(org, 'OrgEmailAddressSecurity', { OrgWideEmailAddressId, ParentId });
  },
};

function refuseTwin(org: OrgState, sobject: string, match: Record<string, FieldValue>): void {
  const [twin] = org.records.find(sobject, match);
  if (twin === undefined) return;
  const message = `duplicate value found: ${sobject} duplicates value on record with id: ${twin.Id.slice(0, 15)}`;
  throw new RecordRefused('DUPLICATE_VALUE', message);
}
