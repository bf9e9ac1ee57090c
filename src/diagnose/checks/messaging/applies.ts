import type { ChannelValues } from '../../../provision/messaging/channel/channel-values.ts';
import type { CheckContext } from '../../check-context.ts';
import { skip, type Verdict } from '../../finding.ts';
import { channelMetadata } from '../../readings/messaging/channel.ts';

/** Why Live Messaging is not looked at; undefined where it is. */
export function noMessaging({ config }: Pick<CheckContext, 'config'>): string | undefined {
  return config.setup.channels.includes('messaging') ? undefined : 'setup.channels has no messaging.';
}

/**
 * Judges the channel by its metadata.
 * @returns a verdict of `skip` where this session cannot read it
 */
export async function judgeChannel(
  context: CheckContext,
  judge: (channel: ChannelValues, name: string) => Verdict | Promise<Verdict>,
): Promise<Verdict> {
  const read = await context.read(channelMetadata);
  if (read.state === 'unread') return skip(read.why);
  if (read.state === 'missing') return skip(`The org shows no metadata of the channel ${read.name}.`);
  return await judge(read.values, read.name);
}
