import { isEmailAddress } from '../../records/save/coerce-value.ts';
import type { OrgState } from '../../state/org-state.ts';
import { findCaseOwner } from './case-owner.ts';
import { listRoutingAddresses, sameAddress } from './routing-address.ts';
import type { RoutingAddressInit } from './routing-address.ts';

/** Why an address cannot be a routing address, whichever way it comes; undefined if it can. */
export function routingProblem(org: OrgState, address: RoutingAddressInit): string | undefined {
  const { emailAddress, caseOwner, caseOwnerType, casePriority, caseOrigin } = address;
  if (!isEmailAddress(emailAddress)) return `emailAddress: invalid email address: ${emailAddress}`;
  if (caseOrigin === '') return 'Missing caseOrigin';
  if (casePriority === '') return 'Missing casePriority';
  if (caseOwner !== '' && findCaseOwner(org, caseOwner, caseOwnerType) === undefined) {
    return `In field: caseOwner - no ${caseOwnerType} named ${caseOwner} found`;
  }
  return undefined;
}

/** The routing address that has this email address already, other than the one of an id. */
export function routingTwin(org: OrgState, emailAddress: string, ownId?: string): { id: string } | undefined {
  return listRoutingAddresses(org).find((other) => other.id !== ownId && sameAddress(other.emailAddress, emailAddress));
}
