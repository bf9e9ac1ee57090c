import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import { orgDigest } from '../threading/org-digest.ts';
import { sendVerification } from '../verification/address-verification.ts';
import { findRoutingAddress } from './routing-address.ts';
import type { RoutingAddress, RoutingAddressInit } from './routing-address.ts';
import { dropRoutingDetails, putRoutingDetails } from './routing-details.ts';

/** Makes the records of a routing address; one that is not verified from the start gets its verification mail. */
export function insertRoutingAddress(org: OrgState, init: RoutingAddressInit): string {
  const values = { PersonalName: init.routingName, Address: init.emailAddress };
  const { Id: id } = org.records.insert('EmailRoutingAddress', values, org.settings.adminUserId);
  putRoutingDetails(org, id, init);
  provideServicesAddress(org, id);
  if (!init.isVerified) sendVerification(org, 'EmailRoutingAddress', id);
  return id;
}

/** Writes a routing address over what it was. Its generated address stays. */
export function updateRoutingAddress(org: OrgState, id: string, init: RoutingAddressInit): void {
  const values = { PersonalName: init.routingName, Address: init.emailAddress };
  org.records.update('EmailRoutingAddress', id, values, org.settings.adminUserId);
  putRoutingDetails(org, id, init);
}

/** Generates the long address of a routing address that has none. */
export function provideServicesAddress(org: OrgState, id: string): void {
  const row = org.records.get('EmailRoutingAddress', id);
  if (row === undefined || fieldText(row['EmailServicesAddress']) !== '') return;
  const emailAddress = fieldText(row['Address']);
  const userId = org.settings.adminUserId;
  const number = org.nextNumber('routing-address');
  const service = org.records.insert(
    'EmailServicesAddress',
    {
      LocalPart: emailAddress.slice(0, emailAddress.indexOf('@')),
      EmailDomainName: servicesDomain(org, `${emailAddress.toLowerCase()}/${number}`),
      IsActive: true,
      DeveloperName: `EmailToCase${number}`,
      RunAsUserId: userId,
    },
    userId,
  );
  org.records.update('EmailRoutingAddress', id, { EmailServicesAddress: service.Id }, userId);
}

/** Deletes a routing address: with it go its generated address and its verification, for good. */
export function removeRoutingAddress(org: OrgState, id: string): void {
  const service = fieldText(org.records.get('EmailRoutingAddress', id)?.['EmailServicesAddress']);
  org.records.delete('EmailRoutingAddress', id);
  dropRoutingRemains(org, id, service);
}

/** What is left of a routing address whose row is gone. */
export function dropRoutingRemains(org: OrgState, id: string, servicesAddressId: string): void {
  if (servicesAddressId !== '') org.records.delete('EmailServicesAddress', servicesAddressId);
  dropRoutingDetails(org, id);
}

/** @throws Error if there is none */
export function storedRoutingAddress(org: OrgState, id: string): RoutingAddress {
  const address = findRoutingAddress(org, id);
  if (address === undefined) throw new Error(`There is no routing address ${id}.`);
  return address;
}

/** As the platform generates it: a secret of the address, another one each time it is made, then a key of the org. */
function servicesDomain(org: OrgState, source: string): string {
  const secret = orgDigest(org, `routing/${source}`).toLowerCase();
  const orgKey = org.settings.organizationId.slice(7, 15).toLowerCase();
  return `l-${secret}.l-${orgKey}.local.case.salesforce.com`;
}
