import { toolingMetadata } from '../metadata/apply/stored-value.ts';
import { FLOW, flowValue } from '../metadata/flows/flow-versions.ts';
import type { OrgKind } from '../state/org-settings.ts';
import type { OrgState } from '../state/org-state.ts';
import type { FieldValue, StoredRecord } from '../state/record-store.ts';
import { fieldText } from '../state/field-text.ts';

type Derivation = (org: OrgState, row: StoredRecord) => Record<string, FieldValue>;

const ORGANIZATION_TYPES: Readonly<Record<OrgKind, string>> = {
  developer: 'Developer Edition',
  sandbox: 'Enterprise Edition',
  production: 'Enterprise Edition',
};

/** Fields that follow from other rows or from the org's settings each time they are read. */
const DERIVATIONS: Readonly<Record<string, Derivation>> = {
  // A trial expiration date together with IsSandbox would make clients take it for a scratch org: there is none.
  Organization: ({ settings }) => ({
    Name: settings.name,
    OrganizationType: ORGANIZATION_TYPES[settings.kind],
    IsSandbox: settings.kind === 'sandbox',
  }),
  Case: (org, row) => {
    const contact = typeof row['ContactId'] === 'string' ? org.records.get('Contact', row['ContactId']) : undefined;
    return {
      ContactEmail: contact?.['Email'] ?? null,
      ContactPhone: contact?.['Phone'] ?? null,
      ContactMobile: contact?.['MobilePhone'] ?? null,
      ContactFax: contact?.['Fax'] ?? null,
    };
  },
  UserLicense: (org, row) => {
    const profiles = org.records.find('Profile', { UserLicenseId: row.Id }).map((profile) => profile.Id);
    const users = org.records.findAny('User', 'ProfileId', profiles);
    return { UsedLicenses: users.filter((user) => user['IsActive'] === true).length };
  },
  Flow: (org, row) => ({ Metadata: toolingMetadata(FLOW, flowValue(org, row)) }),
  CaseComment: (org, row) => ({
    CreatorName: org.records.get('User', fieldText(row['CreatedById']))?.['Name'] ?? null,
  }),
};

/** What is to be laid over a stored row; undefined if the object has nothing of the kind. */
export function derivedFields(
  org: OrgState,
  sobject: string,
  row: StoredRecord,
): Record<string, FieldValue> | undefined {
  return DERIVATIONS[sobject]?.(org, row);
}
