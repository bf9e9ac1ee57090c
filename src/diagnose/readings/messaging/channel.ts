import { elementsOf, textOf } from '../../../provision/messaging/channel/channel-values.ts';
import type { Reading } from '../reading.ts';
import { readComponent, type MetadataRead } from './metadata-read.ts';

/** Name of the channel that the deployment stands on; the configured one where this session cannot tell. */
export const channelName: Reading<string> = {
  what: 'Metadata API: EmbeddedServiceConfig',
  read: async (context) => {
    const { deployment, channel } = context.config.messaging;
    const read = await readComponent(context, 'EmbeddedServiceConfig', deployment);
    const values = read.state === 'read' ? read.values : {};
    const [stand = {}] = elementsOf(values, 'embeddedServiceMessagingChannel');
    const name = textOf(stand, 'messagingChannel');
    return name === '' ? channel : name;
  },
};

/** A messaging channel, as a query shows it. */
export interface ChannelRow {
  /** `0Mj…` */
  id: string;
  developerName: string;
  isActive: boolean;
}

/** All channels of Enhanced Chat: which one is meant is known only later. */
export const channelRows: Reading<readonly ChannelRow[]> = {
  what: 'MessagingChannel',
  read: async ({ org }) => {
    const rows = await org.query<{ Id: string; DeveloperName: string; IsActive: boolean }>(
      "SELECT Id, DeveloperName, IsActive FROM MessagingChannel WHERE MessageType = 'EmbeddedMessaging'",
      'reading messaging channels',
    );
    return rows.map((row) => ({ id: row.Id, developerName: row.DeveloperName, isActive: row.IsActive }));
  },
};

/** The channel of the deployment among them. */
export const channelRow: Reading<ChannelRow | undefined> = {
  what: channelRows.what,
  read: async ({ read }) => {
    const [name, rows] = await Promise.all([read(channelName), read(channelRows)]);
    return rows.find(({ developerName }) => developerName.toLowerCase() === name.toLowerCase());
  },
};

/** How the channel verifies its users, which parameters it takes and who routes its sessions. */
export const channelMetadata: Reading<MetadataRead> = {
  what: 'Metadata API: MessagingChannel',
  read: async (context) => await readComponent(context, 'MessagingChannel', await context.read(channelName)),
};
