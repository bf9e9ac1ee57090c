import { storedValue } from '../../metadata/apply/stored-value.ts';
import { flagOf, listOf, textOf } from '../../metadata/elements/metadata-value.ts';
import type { MetadataValue } from '../../metadata/elements/metadata-value.ts';
import type { Component } from '../../state/component-store.ts';
import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { StoredRecord } from '../../state/record-store.ts';
import type { ChannelParameter, MessagingChannel, SessionHandler } from './messaging-deployment.ts';

/** Defaults of a channel that says nothing; see the ranges in `rules/messaging/messaging-channel.ts`. */
const VERIFIED_MINUTES = 60;
const ANONYMOUS_MINUTES = 360;

/** A channel as its component and its row say. @throws Error for a component that lost its row, which is a bug */
export function channelOf(org: OrgState, component: Component): MessagingChannel {
  const value = storedValue(component);
  const row = org.records.get('MessagingChannel', component.recordId ?? '');
  if (row === undefined) throw new Error(`The messaging channel ${component.fullName} has no row.`);
  const config = listOf(value, 'embeddedConfig')[0] ?? {};
  return {
    id: row.Id,
    developerName: component.fullName,
    isActive: row['IsActive'] === true,
    addressIdentifier: fieldText(row['ChannelAddressIdentifier']),
    authMode: textOf(config, 'authMode') === 'Auth' ? 'Auth' : 'UnAuth',
    verifiedUserJwtExpirationMinutes: numberOf(config, 'verifiedUserJwtExpirationTime') ?? VERIFIED_MINUTES,
    anonymousUserJwtExpirationMinutes: numberOf(config, 'anonymousUserJwtExpirationTime') ?? ANONYMOUS_MINUTES,
    keysets: listOf(config, 'messagingAuthorizations')
      .filter((authorization) => flagOf(authorization, 'enabled', false))
      .flatMap((authorization) => textOf(authorization, 'publicKeyCertificateSetName') ?? []),
    idleMinutes: numberOf(value, 'endUserIdleTimeOut'),
    parameters: channelParameters(value),
    sessionHandler: handlerOf(value, row),
    fallbackQueueId: fieldText(row['FallbackQueueId']) || undefined,
  };
}

/** The custom parameters that a channel has now, published or not; none if there is no such channel. */
export function channelParametersOf(org: OrgState, developerName: string): ChannelParameter[] {
  const component = org.components.get('MessagingChannel', developerName);
  return component === undefined ? [] : channelParameters(storedValue(component));
}

function channelParameters(value: MetadataValue): ChannelParameter[] {
  return listOf(value, 'customParameters').map((parameter) => ({
    name: textOf(parameter, 'name') ?? '',
    externalName: textOf(parameter, 'externalParameterName') ?? '',
    dataType: textOf(parameter, 'parameterDataType') ?? 'String',
    maxLength: numberOf(parameter, 'maxLength'),
    flowVariables: listOf(parameter, 'actionParameterMappings').flatMap(
      (mapping) => textOf(mapping, 'actionParameterName') ?? [],
    ),
  }));
}

/** Bots and single users are refused when a channel is deployed. */
function handlerOf(value: MetadataValue, row: StoredRecord): SessionHandler | undefined {
  const queueId = fieldText(row['SessionHandlerId']);
  const flowName = textOf(value, 'sessionHandlerFlow');
  if (textOf(value, 'sessionHandlerType') === 'Flow') {
    return flowName === undefined ? undefined : { type: 'Flow', flowName };
  }
  return queueId === '' ? undefined : { type: 'Queue', queueId };
}

function numberOf(value: MetadataValue, name: string): number | undefined {
  const field = value[name];
  return typeof field === 'number' ? field : undefined;
}
