import type { MessagingSettings } from '../../../../config/messaging-settings.ts';
import type { Org } from '../../../../salesforce/org.ts';
import { elementsOf, textOf } from '../../../messaging/channel/channel-values.ts';
import { known } from '../known.ts';
import type { MessagingPlace, OrgDeployment } from './messaging-facts.ts';

interface DeploymentRow {
  Id: string;
  DeveloperName: string;
  DeploymentType: string | null;
  IsEnabled: boolean;
}

/** Finds the deployment and the channel it stands on. */
export async function readMessagingPlace(org: Org, settings: MessagingSettings): Promise<MessagingPlace> {
  const deployments = await known(readDeployments(org));
  const own = deployments.known
    ? deployments.value.find(({ developerName }) => developerName === settings.deployment)
    : undefined;
  return { deployments, channel: own?.channel ?? settings.channel };
}

/** All of the org: others may stand on the same channel. */
export async function readDeployments(org: Org): Promise<OrgDeployment[]> {
  const rows = await org.toolingQuery<DeploymentRow>(
    "SELECT Id, DeveloperName, DeploymentType, IsEnabled FROM EmbeddedServiceConfig WHERE DeploymentFeature = 'EmbeddedMessaging' ORDER BY DeveloperName",
    'reading Embedded Service Deployments',
  );
  return await Promise.all(
    rows.map(async (row) => ({
      id: row.Id,
      developerName: row.DeveloperName,
      type: row.DeploymentType ?? '',
      isEnabled: row.IsEnabled,
      channel: await channelOf(org, row.DeveloperName),
    })),
  );
}

/** Which channel a deployment stands on is told by the Metadata API alone. */
async function channelOf(org: Org, developerName: string): Promise<string | undefined> {
  if (!org.hasOpaqueToken()) return undefined;
  const doing = `reading the deployment ${developerName}`;
  const values = (await org.readMetadata('EmbeddedServiceConfig', developerName, doing)) ?? {};
  const [channel = {}] = elementsOf(values, 'embeddedServiceMessagingChannel');
  const name = textOf(channel, 'messagingChannel');
  return name === '' ? undefined : name;
}
