import { randomUUID } from 'node:crypto';

import type { FieldValue } from '../../state/record-store.ts';
import { flagOf, textOf } from '../elements/metadata-value.ts';
import { versionsOf } from '../flows/flow-versions.ts';
import { findQueue } from '../queues/queue-names.ts';
import type { RowSource } from './row-source.ts';

/** Fields of a MessagingChannel row that follow from its metadata. A flow is named by its definition (`300…`), not a version. */
export function messagingChannelFields({ org, fullName, value }: RowSource): Record<string, FieldValue> {
  const queueId = findQueue(org, textOf(value, 'sessionHandlerQueue') ?? '')?.Id ?? null;
  const byFlow = textOf(value, 'sessionHandlerType') === 'Flow';
  const flow = versionsOf(org, textOf(value, 'sessionHandlerFlow') ?? '')[0];
  return {
    DeveloperName: fullName,
    MasterLabel: textOf(value, 'masterLabel') ?? null,
    Description: textOf(value, 'description') ?? null,
    Language: 'en_US',
    MessageType: textOf(value, 'messagingChannelType') ?? null,
    IsAuthenticated: false,
    SessionHandlerId: byFlow ? (flow?.['DefinitionId'] ?? null) : queueId,
    FallbackQueueId: byFlow ? queueId : null,
  };
}

/**
 * Fields that a channel gets once: it begins inactive, under an address of its own. That the platform key is the same UUID
 * is our choice.
 */
export function newChannelFields(): Record<string, FieldValue> {
  const address = randomUUID();
  return { IsActive: false, ChannelAddressIdentifier: address, MessagingPlatformKey: address };
}

/** Fields of an EmbeddedServiceConfig row, which the Tooling API shows. */
export function embeddedServiceConfigFields({ fullName, value, metadata }: RowSource): Record<string, FieldValue> {
  return {
    DeveloperName: fullName,
    FullName: fullName,
    MasterLabel: textOf(value, 'masterLabel') ?? null,
    Language: 'en_US',
    DeploymentFeature: textOf(value, 'deploymentFeature') ?? null,
    DeploymentType: textOf(value, 'deploymentType') ?? null,
    IsEnabled: flagOf(value, 'isEnabled', false),
    AreGuestUsersAllowed: flagOf(value, 'areGuestUsersAllowed', false),
    isTermsAndConditionsEnabled: flagOf(value, 'isTermsAndConditionsEnabled', false),
    isTermsAndConditionsRequired: flagOf(value, 'isTermsAndConditionsRequired', false),
    ShouldHideAuthDialog: flagOf(value, 'shouldHideAuthDialog', false),
    ManageableState: 'unmanaged',
    Metadata: metadata,
  };
}

/** Routing models by their names in metadata; records have others (object reference, QueueRoutingConfig). */
const ROUTING_MODELS: Readonly<Record<string, string>> = {
  LEAST_ACTIVE: 'LeastActive',
  MOST_AVAILABLE: 'MostAvailable',
  EXTERNAL_ROUTING: 'ExternalRouting',
};

/** Fields of a QueueRoutingConfig row. */
export function queueRoutingConfigFields({ fullName, value }: RowSource): Record<string, FieldValue> {
  const number = (element: string): FieldValue => (typeof value[element] === 'number' ? value[element] : null);
  return {
    DeveloperName: fullName,
    MasterLabel: textOf(value, 'label') ?? null,
    Language: 'en_US',
    RoutingModel: ROUTING_MODELS[textOf(value, 'routingModel') ?? ''] ?? null,
    RoutingPriority: number('routingPriority'),
    CapacityWeight: number('capacityWeight'),
    CapacityPercentage: number('capacityPercentage'),
    PushTimeout: number('pushTimeout'),
  };
}
