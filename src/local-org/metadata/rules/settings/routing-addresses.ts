import { listRoutingAddresses, sameAddress } from '../../../mail/routing/routing-address.ts';
import { routingProblem } from '../../../mail/routing/routing-problem.ts';
import { emailToCaseOf, hasEmailService } from '../../../settings/email-to-case.ts';
import type { OrgState } from '../../../state/org-state.ts';
import { textOf } from '../../elements/metadata-value.ts';
import type { MetadataValue } from '../../elements/metadata-value.ts';
import { readRoutingAddress, routingList } from '../../settings/routing-list.ts';
import { notImplementedProblem } from '../not-implemented.ts';

/** Elements that ask for what Email-to-Case here does not do. */
const unimplemented = [
  'botEmailDefinition',
  'fallbackQueue',
  'newEntityRecordType',
  'routingFlow',
  'taskStatus',
] as const;
const unimplementedFlags = ['createTask', 'isPermsetControlled'] as const;

/** Why the routing addresses of a CaseSettings write are refused; undefined if they are not, or there are none. */
export function routingListProblem(org: OrgState, settings: MetadataValue): string | undefined {
  const list = routingList(settings);
  if (list.length === 0) return undefined;
  // Addresses bind to a service that must be there before: one write cannot bring both.
  const { enabled, onDemand } = emailToCaseOf(org);
  if (!enabled || !onDemand || !hasEmailService(org)) {
    return (
      "We couldn't save your routing address. Check that On-Demand Email-to-Case is enabled and that there are no " +
      'custom email services named EmailToCase.'
    );
  }
  for (const [index, value] of list.entries()) {
    const problem = addressProblem(org, value) ?? twinProblem(list.slice(0, index), value);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function addressProblem(org: OrgState, value: MetadataValue): string | undefined {
  const type = textOf(value, 'addressType');
  if (type === undefined) return 'Missing addressType';
  if (type === 'E2cEasy') return 'Routing addresses of type E2cEasy can be created only in Service Setup';
  if (type !== 'EmailToCase') return notImplementedProblem(`routing addresses of type ${type}`);
  if (textOf(value, 'routingName') === undefined) return 'Missing routingName';
  const text = unimplemented.find((element) => textOf(value, element) !== undefined);
  const element = text ?? unimplementedFlags.find((flag) => value[flag] === true);
  if (element !== undefined) return notImplementedProblem(`the element ${element} of EmailToCaseRoutingAddress`);
  const ownerType = textOf(value, 'caseOwnerType');
  if (textOf(value, 'caseOwner') !== undefined && ownerType !== 'User' && ownerType !== 'Queue') {
    return 'Missing or invalid caseOwnerType: it must be User or Queue';
  }
  return routingProblem(org, readRoutingAddress(value)) ?? readOnlyProblem(org, value);
}

/** Both are the platform's. What a retrieve has given comes back unharmed; any other value is refused. */
function readOnlyProblem(org: OrgState, value: MetadataValue): string | undefined {
  const { emailAddress } = readRoutingAddress(value);
  const known = listRoutingAddresses(org).find((one) => sameAddress(one.emailAddress, emailAddress));
  const address = textOf(value, 'emailServicesAddress');
  if (address !== undefined && address !== known?.emailServicesAddress) {
    return 'emailServicesAddress is read-only: leave it out';
  }
  const isVerified = value['isVerified'];
  if (typeof isVerified === 'boolean' && isVerified !== known?.isVerified)
    return 'isVerified is read-only: leave it out';
  return undefined;
}

function twinProblem(earlier: readonly MetadataValue[], value: MetadataValue): string | undefined {
  const { emailAddress } = readRoutingAddress(value);
  return earlier.some((other) => sameAddress(readRoutingAddress(other).emailAddress, emailAddress))
    ? `Duplicate routing address: ${emailAddress}`
    : undefined;
}
