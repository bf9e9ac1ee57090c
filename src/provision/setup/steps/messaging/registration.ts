import { channelParameters } from '../../../../blueprint/messaging/channel-parameters.ts';
import {
  authModeOf,
  authorizationsOf,
  elementsOf,
  handlerFlowOf,
  textOf,
} from '../../../messaging/channel/channel-values.ts';
import { parameterFor } from '../../../messaging/channel/merge-channel.ts';
import { componentValues } from '../../wish/own-messaging.ts';
import type { SetupLook } from '../../look-at-org.ts';

/** What an org says about Live Messaging, read back. */
export interface Registration {
  deployment: { name: string; type: string } | undefined;
  channel: { name: string; isActive: boolean; authMode: string; flow: string | undefined } | undefined;
  keyset: { name: string; issuer: string; keys: string[]; enabled: boolean } | undefined;
  /** Each attribute of OpenCX: whether the channel takes it, and which variables of the flow get it. */
  parameters: { name: string; present: boolean; variables: string[] }[];
}

/** @returns undefined where Live Messaging is not wanted */
export function registrationIn({ facts, wish }: Pick<SetupLook, 'facts' | 'wish'>): Registration | undefined {
  const { messaging: settings } = wish;
  const { messaging } = facts;
  if (settings === undefined || messaging === undefined) return undefined;
  const deployments = messaging.deployments.known ? messaging.deployments.value : [];
  const deployment = deployments.find(({ developerName }) => developerName === settings.deployment);
  const channel = componentValues(facts, 'MessagingChannel', settings.channel);
  const keyset = componentValues(facts, 'PublicKeyCertificateSet', settings.keyset);
  return {
    deployment: deployment === undefined ? undefined : { name: deployment.developerName, type: deployment.type },
    channel:
      channel === undefined
        ? undefined
        : {
            name: settings.channel,
            isActive: messaging.channelIs === 'active',
            authMode: authModeOf(channel),
            flow: handlerFlowOf(channel),
          },
    keyset:
      keyset === undefined
        ? undefined
        : {
            name: settings.keyset,
            issuer: textOf(keyset, 'jwtIssuer'),
            keys: elementsOf(keyset, 'publicKeyCertificateSetKeys').map((key) => textOf(key, 'publicKeyCertificate')),
            enabled: authorizationsOf(channel ?? {}).some((one) => one.keyset === settings.keyset && one.enabled),
          },
    parameters: channelParameters(settings).map(({ name }) => {
      const found = channel === undefined ? undefined : parameterFor(channel, name);
      return { name, present: found !== undefined, variables: [...(found?.variables ?? [])] };
    }),
  };
}
