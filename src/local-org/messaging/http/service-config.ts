import type { MessagingDeployment } from '../deployment/messaging-deployment.ts';

/** `embeddedServiceConfig` as tokens bring it, but for pre-chat forms: the local org keeps them and tells none. */
export function serviceConfig({
  channel,
  deploymentType,
  developerName,
}: MessagingDeployment): Record<string, unknown> {
  return {
    name: developerName,
    deploymentType: deploymentType.toLowerCase(),
    forms: [],
    choiceListConfig: { choiceList: [] },
    embeddedServiceMessagingChannel: {
      channelAddressIdentifier: channel.addressIdentifier,
      authMode: channel.authMode,
    },
  };
}
