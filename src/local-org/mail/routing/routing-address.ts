import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { StoredRecord } from '../../state/record-store.ts';
import { routingDetails } from './routing-details.ts';
import type { RoutingDetails } from './routing-details.ts';

/** The fields of `CaseSettings.emailToCase.routingAddresses` that can be set. */
export interface RoutingAddressInit extends RoutingDetails {
  readonly routingName: string;
  readonly emailAddress: string;
}

export interface RoutingAddress extends RoutingAddressInit {
  /** Of the EmailRoutingAddress. */
  readonly id: string;
  /** The generated address that the mailbox forwards to, `…@….case.salesforce.com`. */
  readonly emailServicesAddress: string;
}

/** All routing addresses, oldest first, whichever way they were made. */
export function listRoutingAddresses(org: OrgState): RoutingAddress[] {
  return org.records.all('EmailRoutingAddress').map((row) => routingAddressOf(org, row));
}

export function findRoutingAddress(org: OrgState, id: string): RoutingAddress | undefined {
  const row = org.records.get('EmailRoutingAddress', id);
  return row === undefined ? undefined : routingAddressOf(org, row);
}

/** Whether two addresses are one, in any case. */
export function sameAddress(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

function routingAddressOf(org: OrgState, row: StoredRecord): RoutingAddress {
  const service = org.records.get('EmailServicesAddress', fieldText(row['EmailServicesAddress']));
  return {
    ...routingDetails(org, row.Id),
    id: row.Id,
    routingName: fieldText(row['PersonalName']),
    emailAddress: fieldText(row['Address']),
    emailServicesAddress:
      service === undefined ? '' : `${fieldText(service['LocalPart'])}@${fieldText(service['EmailDomainName'])}`,
  };
}
