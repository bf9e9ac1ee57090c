import { messagingAccessName } from '../../../../blueprint/messaging/render-messaging.ts';
import { publishingVersion } from '../../../messaging/api-versions.ts';
import { carriesMarker } from '../../../messaging/channel/channel-values.ts';
import { channelDifferences } from '../../../messaging/channel/merge-channel.ts';
import type { Change, RecordRef } from '../../plan/change.ts';
import { componentValues } from '../../wish/own-messaging.ts';
import { deployPart } from '../deploy-part.ts';
import { channelWish, type MessagingContext } from './messaging-context.ts';

/**
 * What closes the difference, in the order in which the platform takes it: key, keyset, what routes, channel, its activation,
 * deployment, publication.
 */
export function messagingChanges(context: MessagingContext): Change[] {
  const { facts, wish } = context;
  const before = [
    ...deployPart('messaging-keys', facts, wish),
    ...oldKeyRemoval(context),
    ...deployPart('messaging-routing', facts, wish),
    ...access(context),
    ...queueMembers(context),
  ];
  // A channel takes no flow that is not active; the next run goes on from there.
  if (context.channel === undefined && !flowIsActiveThen(context)) return before;
  const published = [...channel(context), ...activation(context), ...deployment(context)];
  return [...before, ...published, ...publication(context, published.length > 0)];
}

/** Whether the flow is active once the routing is deployed: production may take an active flow as a draft. */
export function flowIsActiveThen({ facts, wish, messaging }: MessagingContext): boolean {
  if (messaging.flow?.isActive === true) return true;
  if (facts.identity.kind === 'production') return false;
  return deployPart('messaging-routing', facts, wish).some(
    (change) => change.kind === 'deploy' && change.components.some(({ type }) => type === 'Flow'),
  );
}

/** Keys of ours that the keyset does not name any more. */
function oldKeyRemoval({ messaging, wishes }: MessagingContext): Change[] {
  const components = messaging.otherKeys
    .filter((key) => key.carriesMarker)
    .map(({ name }) => ({ type: 'PublicKeyCertificate', fullName: name }));
  if (!wishes.messaging.removeOldKeys || components.length === 0) return [];
  return [{ kind: 'remove-components', components, restored: [] }];
}

/** Who sees the field of MessagingSession: those who see the fields of Cases. */
function access({ facts, wish }: MessagingContext): Change[] {
  const set = messagingAccessName(wish.settings);
  if (!wish.parts['messaging-routing'].components.some(({ fullName }) => fullName === set)) return [];
  const people = [
    ...facts.reps.map(({ username }) => username),
    ...(wish.setup.reps.self ? [facts.user.username] : []),
  ];
  return [...new Set(people)]
    .filter(
      (username) =>
        !facts.assignments.some((one) => one.permissionSet === set && one.username === username.toLowerCase()),
    )
    .map((username) => {
      const key = {
        AssigneeId: { sobject: 'User', where: { Username: username } },
        PermissionSetId: { sobject: 'PermissionSet', where: { Name: set } },
      };
      return {
        kind: 'create-record',
        sobject: 'PermissionSetAssignment',
        name: `${set} to ${username}`,
        key,
        fields: key,
      };
    });
}

/** Members of a queue of ours that is there already; a new one has them from its metadata. */
function queueMembers({ facts, settings, messaging, wish }: MessagingContext): Change[] {
  const { queue } = messaging;
  const values = componentValues(facts, 'Queue', settings.queue);
  const routes = wish.parts['messaging-routing'].components.length > 0;
  if (!routes || queue === undefined || values === undefined || !carriesMarker(values)) return [];
  const group: RecordRef = { sobject: 'Group', where: { DeveloperName: settings.queue, Type: 'Queue' } };
  return messaging.queueMembers
    .filter(({ id }) => !queue.memberIds.includes(id))
    .map(({ id, username }) => {
      const key = { GroupId: group, UserOrGroupId: id };
      return {
        kind: 'create-record',
        sobject: 'GroupMember',
        name: `${username} to queue ${settings.queue}`,
        key,
        fields: key,
      };
    });
}

function channel(context: MessagingContext): Change[] {
  const { facts, wish, settings } = context;
  if (context.channel === undefined) return deployPart('messaging-channel', facts, wish);
  const wanted = channelWish(context);
  const differences = channelDifferences(context.channel, wanted);
  return differences.length === 0
    ? []
    : [{ kind: 'extend-channel', channel: settings.channel, wish: wanted, differences }];
}

function activation({ settings, messaging }: MessagingContext): Change[] {
  if (messaging.channelIs === 'active') return [];
  return [
    {
      kind: 'update-record',
      sobject: 'MessagingChannel',
      name: settings.channel,
      record: { sobject: 'MessagingChannel', where: { DeveloperName: settings.channel } },
      fields: { IsActive: true },
      before: { IsActive: false },
    },
  ];
}

function deployment(context: MessagingContext): Change[] {
  return context.deployment === undefined ? deployPart('messaging-deployment', context.facts, context.wish) : [];
}

/** No API tells whether a deployment is published as it is, so it is published whenever something of it has changed. */
function publication({ facts, settings, wishes }: MessagingContext, changed: boolean): Change[] {
  if (Number(facts.maxApiVersion) < publishingVersion) return [];
  return changed || wishes.messaging.republish ? [{ kind: 'publish-deployment', deployment: settings.deployment }] : [];
}
