import { componentPath } from '../../../../blueprint/blueprint.ts';
import { packageXml } from '../../../../blueprint/layouts.ts';
import { OpencxError } from '../../../../errors/opencx-error.ts';
import { missingFrom } from '../../../../salesforce/metadata/metadata-xml.ts';
import { metadataFile } from '../../../../salesforce/metadata/write-metadata.ts';
import type { Org } from '../../../../salesforce/org.ts';
import type { DeployApexEvent } from '../../../deploy/deploy-outcome.ts';
import { parametersOf, type ChannelValues } from '../../../messaging/channel/channel-values.ts';
import { channelDifferences, mergedChannel, type ChannelWish } from '../../../messaging/channel/merge-channel.ts';
import { restoredChannel } from '../../../messaging/channel/restore-channel.ts';
import type { Change } from '../../plan/change.ts';
import type { ChangeContext } from '../change-context.ts';
import { submitPackage } from '../submit-package.ts';

const type = 'MessagingChannel';

/**
 * Adds what a channel lacks. A file says all of a channel, so the channel is read at this very moment, and afterwards all that it
 * had has to be there still.
 * @throws OpencxError READ_BACK_FAILED, NOT_INSTALLED, DEPLOY_FAILED with Salesforce's words
 */
export async function* extendChannel(
  context: ChangeContext,
  { channel, wish }: Extract<Change, { kind: 'extend-channel' }>,
): AsyncGenerator<DeployApexEvent, void> {
  const { org, journal } = context;
  const before = await find(org, channel);
  if (before === undefined) throw notThere(channel);
  if (channelDifferences(before, wish).length === 0) return;
  const known = journal.before.find((one) => one.kind === 'channel' && one.channel === channel);
  if (known?.kind === 'channel') known.wish = both(known.wish, wish);
  else journal.before.push({ kind: 'channel', channel, values: { ...before }, wish });
  await context.keepJournal();
  yield* deployChannel(context, channel, mergedChannel(before, wish));
  const after = (await find(org, channel)) ?? {};
  refuse(channel, [...channelDifferences(after, wish).map((what) => `it lacks ${what}`), ...lost(before, after)]);
}

/** Parameters of both wishes: names may have been changed between two runs. */
function both(one: ChannelWish, other: ChannelWish): ChannelWish {
  const names = new Set(other.parameters.map(({ name }) => name));
  return { ...other, parameters: [...one.parameters.filter(({ name }) => !names.has(name)), ...other.parameters] };
}

/** Takes out of a channel what was added to it; nothing is done where nothing was noted or the channel is gone. */
export async function* restoreChannel(
  context: ChangeContext,
  { channel }: Extract<Change, { kind: 'restore-channel' }>,
): AsyncGenerator<DeployApexEvent, void> {
  const { org, journal } = context;
  const noted = journal.before.find((one) => one.kind === 'channel' && one.channel === channel);
  if (noted?.kind !== 'channel') return;
  const now = await find(org, channel);
  if (now === undefined) return;
  const restored = restoredChannel(now, noted.values, noted.wish);
  yield* deployChannel(context, channel, restored);
  const after = (await find(org, channel)) ?? {};
  const wanted = new Set(parametersOf(restored).map(({ externalName }) => externalName));
  refuse(channel, [
    ...missingFrom(after, restored).map((what) => `${what} is not as it was`),
    ...parametersOf(after)
      .filter(({ externalName }) => !wanted.has(externalName))
      .map(({ externalName }) => `the parameter ${externalName} is still there`),
  ]);
}

/** As a file, which is how channels are known to be deployed; SOAP has no words for a list that is empty now. */
async function* deployChannel(
  context: ChangeContext,
  fullName: string,
  values: Readonly<Record<string, unknown>>,
): AsyncGenerator<DeployApexEvent, void> {
  const manifest = packageXml({ apiVersion: context.org.apiVersion, components: [{ type, fullName }] });
  const files = new Map([
    ['package.xml', manifest],
    [componentPath(type, fullName), metadataFile(type, values)],
  ]);
  yield* submitPackage(context, files, {});
}

/** Parameters that were there and are not any more, whoever made them. */
function lost(before: ChannelValues, after: ChannelValues): string[] {
  const left = new Set(parametersOf(after).map(({ name }) => name));
  return parametersOf(before)
    .filter(({ name }) => !left.has(name))
    .map(({ name }) => `its parameter ${name} is gone`);
}

async function find(org: Org, channel: string): Promise<ChannelValues | undefined> {
  return await org.readMetadata(type, channel, `reading the messaging channel ${channel}`);
}

function notThere(channel: string): OpencxError {
  return new OpencxError('NOT_INSTALLED', {
    message: `The org has no messaging channel ${channel}.`,
    nextSteps: ['opencx-sf plan shows what the org has now.'],
  });
}

/** @throws OpencxError READ_BACK_FAILED */
function refuse(channel: string, problems: readonly string[]): void {
  if (problems.length === 0) return;
  throw new OpencxError('READ_BACK_FAILED', {
    message: `The messaging channel ${channel} is not as it was written: ${problems.join('; ')}.`,
    nextSteps: [
      'Look at Setup → Messaging Settings → the channel: Custom Parameters, Parameter Mappings, User Verification.',
      'What is set there by hand is found by the next run.',
    ],
  });
}
