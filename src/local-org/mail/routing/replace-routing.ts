import type { OrgState } from '../../state/org-state.ts';
import { listRoutingAddresses, sameAddress } from './routing-address.ts';
import type { RoutingAddress, RoutingAddressInit } from './routing-address.ts';
import { insertRoutingAddress, removeRoutingAddress, updateRoutingAddress } from './routing-records.ts';

/**
 * Puts a list of routing addresses in the place of those of the org, as a write of CaseSettings does: who is not in the
 * list is deleted, with its generated address and its verification, and so is an address of the org that stands before a
 * new one. What stays keeps both (Salesforce's Email-to-Case recipe, "new addresses first").
 */
export function replaceRoutingAddresses(org: OrgState, wanted: readonly RoutingAddressInit[]): void {
  const present = listRoutingAddresses(org);
  const knownAs = ({ emailAddress }: RoutingAddressInit): RoutingAddress | undefined =>
    present.find((one) => sameAddress(one.emailAddress, emailAddress));
  const lastNew = wanted.findLastIndex((address) => knownAs(address) === undefined);
  const kept = new Set(wanted.slice(lastNew + 1).map((address) => knownAs(address)?.id));
  for (const { id } of present) if (!kept.has(id)) removeRoutingAddress(org, id);
  for (const [index, address] of wanted.entries()) {
    const known = knownAs(address);
    if (known === undefined) insertRoutingAddress(org, { ...address, isVerified: false });
    else if (index > lastNew) updateRoutingAddress(org, known.id, { ...address, isVerified: known.isVerified });
  }
}
