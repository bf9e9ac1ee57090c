import { storedValue } from '../../metadata/apply/stored-value.ts';
import { flagOf, listOf, textOf } from '../../metadata/elements/metadata-value.ts';
import type { OrgState } from '../../state/org-state.ts';
import { channelOf } from './channel.ts';
import type { MessagingDeployment } from './messaging-deployment.ts';
import { publicationOf } from './publication.ts';

/**
 * A messaging deployment by its ES Developer Name. Names are compared exactly, as OpenCX's page warns; everything else in an
 * org is found in any case.
 */
export function findDeployment(org: OrgState, developerName: string): MessagingDeployment | undefined {
  const component = org.components.get('EmbeddedServiceConfig', developerName);
  if (component?.recordId === undefined || component.fullName !== developerName) return undefined;
  const value = storedValue(component);
  const stand = listOf(value, 'embeddedServiceMessagingChannel')[0] ?? {};
  const channel = org.components.get('MessagingChannel', textOf(stand, 'messagingChannel') ?? '');
  if (channel === undefined) return undefined;
  const publication = publicationOf(org, component.recordId);
  const current = channelOf(org, channel);
  return {
    id: component.recordId,
    developerName,
    deploymentType: textOf(value, 'deploymentType') as MessagingDeployment['deploymentType'],
    isEnabled: flagOf(value, 'isEnabled', false) && flagOf(stand, 'isEnabled', false),
    publishedAt: publication?.publishedAt,
    channel: publication === undefined ? current : { ...current, parameters: publication.parameters },
  };
}
