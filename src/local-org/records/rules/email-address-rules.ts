import { listRoutingAddresses, sameAddress } from '../../mail/routing/routing-address.ts';
import { dropRoutingRemains, provideServicesAddress } from '../../mail/routing/routing-records.ts';
import { sendVerification, setVerified } from '../../mail/verification/address-verification.ts';
import { emailToCaseOf } from '../../settings/email-to-case.ts';
import { fieldText } from '../../state/field-text.ts';
import { RecordRefused } from '../save/save-error.ts';
import type { ObjectRules } from './object-rules.ts';

/** Routing addresses made as records: as those of CaseSettings, but without owner, origin and priority. */
export const emailRoutingAddressRules: ObjectRules = {
  prepare: ({ org, old, values }) => {
    if (!emailToCaseOf(org).enabled) {
      // Without Email-to-Case an org does not have the object.
      throw new RecordRefused('INVALID_TYPE', "sObject type 'EmailRoutingAddress' is not supported.");
    }
    const address = fieldText(values['Address']);
    const twin = listRoutingAddresses(org).find(
      (other) => other.id !== old?.Id && sameAddress(other.emailAddress, address),
    );
    if (twin === undefined) return;
    throw duplicateAddress(twin.id);
  },
  finish: ({ org, old }, record) => {
    provideServicesAddress(org, record.Id);
    if (old !== undefined && sameAddress(fieldText(old['Address']), fieldText(record['Address']))) return;
    setVerified(org, 'EmailRoutingAddress', record.Id, false);
    sendVerification(org, 'EmailRoutingAddress', record.Id);
  },
  removed: (org, record) => {
    dropRoutingRemains(org, record.Id, fieldText(record['EmailServicesAddress']));
  },
};

export const orgWideAddressRules: ObjectRules = {
  prepare: ({ org, old, values }) => {
    const address = fieldText(values['Address']);
    const twin = org.records
      .all('OrgWideEmailAddress')
      .find((other) => other.Id !== old?.Id && sameAddress(fieldText(other['Address']), address));
    if (twin !== undefined) throw duplicateAddress(twin.Id);
    // Verified only by whoever follows the link in the mail.
    values['IsVerified'] = old?.['IsVerified'] === true;
  },
  finish: ({ org, old }, record) => {
    if (old === undefined) sendVerification(org, 'OrgWideEmailAddress', record.Id);
  },
  cascade: [
    { sobject: 'OrgEmailAddressSecurity', field: 'OrgWideEmailAddressId' },
    { sobject: 'SetupEntityAccess', field: 'SetupEntityId' },
  ],
};

function duplicateAddress(id: string): RecordRefused {
  const message = `duplicate value found: Address duplicates value on record with id: ${id.slice(0, 15)}`;
  return new RecordRefused('DUPLICATE_VALUE', message, ['Address']);
}
