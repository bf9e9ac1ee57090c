import type { RunningOrg } from '../../../../src/local-org/start-local-org.ts';
import { connectionOf } from '../plant.ts';

/** Metadata of a channel, as somebody edits it: lists are lists. */
export interface Channel {
  [name: string]: unknown;
  customParameters: Record<string, unknown>[];
  embeddedConfig: Record<string, unknown>;
}

/** Changes the channel by SOAP, as Setup would; what a change leaves alone stays. */
export async function changeChannel(org: RunningOrg, change: (channel: Channel) => Partial<Channel>): Promise<void> {
  const { metadata } = connectionOf(org);
  const read = (await metadata.read('MessagingChannel' as never, 'OpenCX')) as unknown as Channel;
  const channel = { ...read, customParameters: [read.customParameters].flat() };
  // A member that is undefined is taken away.
  const changed = JSON.parse(JSON.stringify({ ...channel, ...change(channel) })) as Channel;
  const result = (await metadata.update('MessagingChannel' as never, changed as never)) as unknown as {
    success: boolean;
  };
  if (!result.success) throw new Error(JSON.stringify(result));
}

/** Changes one of the parameters. */
export async function changeParameter(org: RunningOrg, name: string, values: Record<string, unknown>): Promise<void> {
  await changeChannel(org, ({ customParameters }) => ({
    customParameters: customParameters.map((one) => (one['name'] === name ? { ...one, ...values } : one)),
  }));
}
