import type { MessagingSettings } from '../../config/messaging-settings.ts';
import type { ChannelParameter } from './messaging-template-context.ts';

/** What Salesforce takes for a text parameter where nothing is said. */
const maxLength = 255;

/** Labels of the routing attributes, in the order of the OpenCX page. */
const labels = {
  sessionId: 'OpenCX Session ID',
  consumerType: 'Chat Consumer Type',
  origin: 'Origin',
  priority: 'Priority',
  language: 'Chat Language',
} as const satisfies Record<keyof MessagingSettings['parameters'], string>;

/**
 * The parameters a channel needs for the routing attributes of OpenCX: an attribute without one is dropped without a word.
 * @see https://docs.open.cx, Live Messaging, Routing attributes
 */
export function channelParameters({ parameters }: Pick<MessagingSettings, 'parameters'>): ChannelParameter[] {
  return (Object.keys(labels) as (keyof typeof labels)[]).map((key) => ({
    name: parameters[key],
    label: labels[key],
    maxLength,
  }));
}
