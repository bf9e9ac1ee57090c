import { handlerFlowOf, textOf, type ChannelValues } from '../../../provision/messaging/channel/channel-values.ts';
import type { Check } from '../../check.ts';
import { fail, pass, skip, warn } from '../../finding.ts';
import { channelMetadata } from '../../readings/messaging/channel.ts';
import {
  handlerFlow,
  hasServiceChannel,
  messagingQueues,
  type MessagingQueue,
} from '../../readings/messaging/routing.ts';
import { inSetup } from '../../setup-page.ts';
import { judgeChannel, noMessaging } from './applies.ts';
import { routingOf, type FlowRouting } from './flow-contents.ts';

export const queue: Check = {
  id: 'messaging.queue',
  title: 'Conversations are routed to queues that take messaging sessions and have people in them',
  group: 'messaging',
  why: '“Conversation created but no messages appear”: a queue that takes no messaging sessions refuses them; one without members lets them wait for ever.',
  mending: 'Setup → Queues → the queue: Messaging Session among the supported objects, and members who are active.',
  requires: ['messaging.channel'],
  reads: [channelMetadata, handlerFlow, messagingQueues, hasServiceChannel],
  appliesTo: noMessaging,
  run: (context) =>
    judgeChannel(context, async (channel) => {
      if (!(await context.read(hasServiceChannel))) {
        return fail('The org has no service channel sfdc_livemessage: Omni-Channel routes no messaging sessions.', {
          remedy: [inSetup(context, 'OmniChannelSettings/home', 'Switch Omni-Channel and Messaging on.')],
        });
      }
      const flow = await context.read(handlerFlow);
      const routing = routingOf(flow?.metadata ?? {});
      const named = queuesOf(channel, routing);
      if (named.length === 0) return skip('Neither channel nor flow names a queue that could be looked at.');
      const all = await context.read(messagingQueues);
      const problems = named.flatMap((one) => problemOf(one, all) ?? []);
      const data = { queues: named.map(({ queue }) => queue), problems };
      const others = routing.hasOthers ? '; where the flow routes besides, it decides as it runs' : '';
      if (problems.length === 0) return pass(`${named.map((one) => wordsFor(one, all)).join(', ')}${others}`, { data });
      const judge = problems.some(({ isMain }) => isMain) ? fail : warn;
      return judge(`${problems.map(({ what }) => what).join('; ')}.`, {
        data,
        remedy: [inSetup(context, 'Queues/home', 'Edit the queue: Supported Objects and Queue Members.')],
      });
    }),
};

/** A queue by its id or DeveloperName. */
interface NamedQueue {
  queue: string;
  /** Conversations go there first; otherwise only when nothing else works. */
  isMain: boolean;
}

function queuesOf(channel: ChannelValues, routing: FlowRouting): NamedQueue[] {
  const own = textOf(channel, 'sessionHandlerQueue');
  const routesByFlow = handlerFlowOf(channel) !== undefined;
  const routed = routing.queues.map((one) => ({ queue: one, isMain: true }));
  const fallback = own === '' || routed.some((one) => one.queue === own) ? [] : [{ queue: own, isMain: !routesByFlow }];
  return [...routed, ...fallback];
}

function find({ queue }: NamedQueue, all: readonly MessagingQueue[]): MessagingQueue | undefined {
  const lower = queue.toLowerCase();
  // Ids are written with 15 or 18 characters; the first 15 tell them apart, capitals included.
  return all.find(({ id, developerName }) =>
    /^00G[A-Za-z0-9]{12}/.test(queue) ? id.startsWith(queue.slice(0, 15)) : developerName.toLowerCase() === lower,
  );
}

function problemOf(named: NamedQueue, all: readonly MessagingQueue[]): { what: string; isMain: boolean } | undefined {
  const { isMain } = named;
  const found = find(named, all);
  if (found === undefined) return { what: `There is no queue ${named.queue}`, isMain };
  const name = `The ${isMain ? '' : 'fallback '}queue ${found.developerName}`;
  if (!found.takesSessions) return { what: `${name} takes no messaging sessions`, isMain };
  return found.users + found.groups > 0 ? undefined : { what: `${name} has no active members`, isMain };
}

function wordsFor(named: NamedQueue, all: readonly MessagingQueue[]): string {
  const { developerName, users, groups } = find(named, all) ?? { developerName: named.queue, users: 0, groups: 0 };
  const inGroups = groups === 0 ? '' : ` and ${groups} ${groups === 1 ? 'group' : 'groups'}`;
  return `${developerName} (${users} ${users === 1 ? 'member' : 'members'}${inGroups})`;
}
