import { notImplemented, RestError } from '../../http/rest-error.ts';
import { enableEmailToCase } from '../../settings/email-to-case.ts';
import type { OrgState } from '../../state/org-state.ts';
import { findRoutingAddress } from './routing-address.ts';
import type { RoutingAddress, RoutingAddressInit } from './routing-address.ts';
import { defaultRoutingDetails } from './routing-details.ts';
import { routingProblem, routingTwin } from './routing-problem.ts';
import {
  insertRoutingAddress,
  removeRoutingAddress,
  storedRoutingAddress,
  updateRoutingAddress,
} from './routing-records.ts';

/**
 * Makes a routing address as somebody in Setup would, with Email-to-Case switched on first if it is not.
 * @throws RestError 400 for an address that is none or taken, an owner that does not exist, a picklist value missing
 */
export function createRoutingAddress(org: OrgState, init: Partial<RoutingAddressInit>): RoutingAddress {
  return org.transaction(() => {
    const emailAddress = init.emailAddress ?? '';
    const address = { ...defaultRoutingDetails, routingName: emailAddress, ...init, emailAddress };
    check(org, address, undefined);
    enableEmailToCase(org);
    return storedRoutingAddress(org, insertRoutingAddress(org, address));
  });
}

/** @throws RestError 404, and what `createRoutingAddress` throws */
export function changeRoutingAddress(org: OrgState, id: string, changes: Partial<RoutingAddressInit>): RoutingAddress {
  return org.transaction(() => {
    const former = required(org, id);
    const address = { ...former, ...changes };
    check(org, address, former.id);
    updateRoutingAddress(org, former.id, address);
    return storedRoutingAddress(org, former.id);
  });
}

/** Removes it with its generated address. @throws RestError 404 */
export function deleteRoutingAddress(org: OrgState, id: string): void {
  org.transaction(() => {
    removeRoutingAddress(org, required(org, id).id);
  });
}

function required(org: OrgState, id: string): RoutingAddress {
  const address = findRoutingAddress(org, id);
  if (address === undefined) throw new RestError(404, 'NOT_FOUND', `There is no routing address ${id}.`);
  return address;
}

function check(org: OrgState, address: RoutingAddressInit, ownId: string | undefined): void {
  const problem = routingProblem(org, address);
  if (problem !== undefined) throw new RestError(400, 'INVALID_REQUEST', problem);
  if (routingTwin(org, address.emailAddress, ownId) !== undefined) {
    throw new RestError(400, 'INVALID_REQUEST', `There is a routing address ${address.emailAddress} already.`);
  }
  if (address.createTask) throw notImplemented('createTask of a routing address');
}
