import type { OrgState } from '../../state/org-state.ts';
import { storedValue } from '../apply/stored-value.ts';
import { listOf, textOf } from '../elements/metadata-value.ts';
import type { MetadataValue } from '../elements/metadata-value.ts';
import { allVersions, flowValue, isActive } from '../flows/flow-versions.ts';
import { fieldText } from '../../state/field-text.ts';

type IsGone = (type: string, fullName: string) => boolean;

/** Which components name another one of the same org, type by type. */
const USES: Readonly<
  Record<string, { readonly type: string; readonly label: string; readonly names: (value: MetadataValue) => string[] }>
> = {
  MessagingChannel: {
    type: 'EmbeddedServiceConfig',
    label: 'Embedded Service Deployment',
    names: (value) => texts(listOf(value, 'embeddedServiceMessagingChannel'), 'messagingChannel'),
  },
  PublicKeyCertificate: {
    type: 'PublicKeyCertificateSet',
    label: 'Public Key Certificate Set',
    names: (value) => texts(listOf(value, 'publicKeyCertificateSetKeys'), 'publicKeyCertificate'),
  },
  PublicKeyCertificateSet: {
    type: 'MessagingChannel',
    label: 'Messaging Channel',
    names: (value) =>
      texts(
        listOf(value, 'embeddedConfig').flatMap((config) => listOf(config, 'messagingAuthorizations')),
        'publicKeyCertificateSetName',
      ),
  },
  Queue: {
    type: 'MessagingChannel',
    label: 'Messaging Channel',
    names: (value) => texts([value], 'sessionHandlerQueue'),
  },
  Flow: {
    type: 'MessagingChannel',
    label: 'Messaging Channel',
    names: (value) => texts([value], 'sessionHandlerFlow'),
  },
};

/**
 * Components of Live Messaging that need another one, as `Messaging Channel - OpenCX`.
 * @param isGone what a deployment deletes with it
 */
export function messagingUsers(org: OrgState, type: string, fullName: string, isGone: IsGone): string[] {
  const uses = USES[type];
  if (uses === undefined) return [];
  return org.components
    .list(uses.type)
    .filter((user) => !isGone(user.type, user.fullName))
    .filter((user) => uses.names(storedValue(user)).some((name) => name.toLowerCase() === fullName.toLowerCase()))
    .map((user) => `${uses.label} - ${user.fullName}`);
}

/** Flows whose active version reads or writes a custom field, as `Flow - Route`. @param fullName `Case.Case_From__c` */
export function flowsUsingField(org: OrgState, fullName: string): string[] {
  const [object = '', field = ''] = fullName.toLowerCase().split('.');
  return allVersions(org)
    .flatMap((versions) => versions.filter(isActive))
    .filter((row) => flowUsesField(flowValue(org, row), object, field))
    .map((row) => `Flow - ${fieldText(row['FullName'])}`);
}

function flowUsesField(flow: MetadataValue, object: string, field: string): boolean {
  return ['recordUpdates', 'recordLookups', 'recordCreates', 'recordDeletes']
    .flatMap((element) => listOf(flow, element))
    .filter((element) => (textOf(element, 'object') ?? '').toLowerCase() === object)
    .some((element) =>
      texts([...listOf(element, 'filters'), ...listOf(element, 'inputAssignments')], 'field').some(
        (name) => name.toLowerCase() === field,
      ),
    );
}

function texts(values: readonly MetadataValue[], element: string): string[] {
  return values.flatMap((value) => textOf(value, element) ?? []);
}
