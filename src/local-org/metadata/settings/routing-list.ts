import type { RoutingAddressInit } from '../../mail/routing/routing-address.ts';
import { defaultRoutingDetails } from '../../mail/routing/routing-details.ts';
import { flagOf, listOf, textOf } from '../elements/metadata-value.ts';
import type { MetadataValue } from '../elements/metadata-value.ts';

/** The `routingAddresses` of a CaseSettings value; none where it does not mention them. */
export function routingList(settings: MetadataValue): readonly MetadataValue[] {
  return listOf((settings['emailToCase'] ?? {}) as MetadataValue, 'routingAddresses');
}

/** A routing address of CaseSettings. The platform names it by its email address, whatever `routingName` says. */
export function readRoutingAddress(value: MetadataValue): RoutingAddressInit {
  const emailAddress = textOf(value, 'emailAddress') ?? '';
  return {
    ...defaultRoutingDetails,
    emailAddress,
    routingName: emailAddress,
    saveEmailHeaders: flagOf(value, 'saveEmailHeaders', false),
    caseOwner: textOf(value, 'caseOwner') ?? '',
    caseOwnerType: textOf(value, 'caseOwnerType') === 'Queue' ? 'Queue' : 'User',
    casePriority: textOf(value, 'casePriority') ?? '',
    caseOrigin: textOf(value, 'caseOrigin') ?? '',
    authorizedSenders: textOf(value, 'authorizedSenders') ?? '',
  };
}
