import { handlerFlowOf, textOf, type ChannelValues } from '../../../provision/messaging/channel/channel-values.ts';
import { parameterFor } from '../../../provision/messaging/channel/merge-channel.ts';
import type { Check } from '../../check.ts';
import type { CheckContext } from '../../check-context.ts';
import { fail, pass, warn, type Remedy, type Verdict } from '../../finding.ts';
import { channelMetadata } from '../../readings/messaging/channel.ts';
import { handlerFlow } from '../../readings/messaging/routing.ts';
import { inSetup } from '../../setup-page.ts';
import { judgeChannel, noMessaging } from './applies.ts';
import { routingOf, uses, variablesOf } from './flow-contents.ts';

export const flow: Check = {
  id: 'messaging.flow',
  title: 'The channel routes by an active Omni-Channel flow that takes the routing attributes in',
  group: 'messaging',
  why: '“Routing attributes missing in Salesforce”: attributes are of use only if the flow has input variables for them. Without a flow that routes, conversations reach nobody.',
  mending:
    'Setup → Flows → the flow: input variables of the attributes’ names, a Route Work element, a version that is active; opencx-sf never changes a flow of yours.',
  requires: ['messaging.channel'],
  reads: [channelMetadata, handlerFlow],
  appliesTo: noMessaging,
  run: (context) =>
    judgeChannel(context, async (channel) => {
      const name = handlerFlowOf(channel);
      if (name === undefined || name === '') return withoutFlow(context, channel);
      const found = await context.read(handlerFlow);
      const remedy = [inSetup(context, 'Flows/home', `Look at the flow ${name} and its active version.`)];
      const data = { flow: name, processType: found?.processType, activeVersionId: found?.activeVersionId };
      if (found === undefined)
        return fail(`The org shows no flow ${name}, which the channel routes by.`, { data, remedy });
      if (found.processType !== 'RoutingFlow') {
        return fail(`${name} is no Omni-Channel flow: its type is ${found.processType}.`, { data, remedy });
      }
      if (found.activeVersionId === undefined) {
        return fail(`No version of the flow ${name} is active.`, { data, remedy });
      }
      if (found.metadata === undefined) {
        return warn(`The org does not show what the flow ${name} does.`, { data, remedy });
      }
      return judgeContents(context, { name, channel, metadata: found.metadata, data, remedy });
    }),
};

/** A queue, a bot or a person reads no attributes; a channel that names nothing at all reaches nobody. */
function withoutFlow(context: CheckContext, channel: ChannelValues): Verdict {
  const [type, queue] = [textOf(channel, 'sessionHandlerType'), textOf(channel, 'sessionHandlerQueue')];
  const remedy = [
    inSetup(
      context,
      'LiveMessageSetup/home',
      'The channel → Omni-Channel Routing: let it route by an Omni-Channel flow.',
    ),
  ];
  const data = { handler: type, queue };
  if (type === '' || type === 'Flow') {
    return fail('The channel names no flow that routes its conversations: Omni-Channel is not set up for it.', {
      data,
      remedy,
    });
  }
  const to = type === 'Queue' ? `the queue ${queue}` : `a ${type}`;
  return warn(`The channel routes to ${to}; no flow reads the routing attributes.`, { data, remedy });
}

interface Contents {
  name: string;
  channel: ChannelValues;
  metadata: Readonly<Record<string, unknown>>;
  data: Record<string, unknown>;
  remedy: readonly Remedy[];
}

function judgeContents(context: CheckContext, { name, channel, metadata, data, remedy }: Contents): Verdict {
  const { elements, subflows } = routingOf(metadata);
  if (elements === 0 && subflows.length === 0) {
    return fail(`The flow ${name} has no Route Work element: it gives conversations to nobody.`, { data, remedy });
  }
  const attributes = Object.values(context.config.messaging.parameters);
  const problems = attributes.flatMap((attribute) => variableProblem(channel, metadata, attribute) ?? []);
  if (problems.length > 0) {
    return fail(`The flow ${name} does not take in all routing attributes.`, {
      data,
      evidence: problems,
      remedy: [
        ...remedy,
        { text: 'Each is a variable of the attribute’s name: Data Type Text, Available for input.' },
        { text: 'Then map the parameters of the channel', command: 'opencx-sf messaging register' },
      ],
    });
  }
  const used = attributes.filter((attribute) => variablesFor(channel, attribute).some((one) => uses(metadata, one)));
  if (used.length === 0) {
    return warn(`The flow ${name} takes the routing attributes in, and makes nothing of them.`, { data, remedy });
  }
  return pass(`${name}; it uses ${used.join(', ')}`, { data: { ...data, used, subflows } });
}

/** Where an attribute arrives: the variables it is mapped to, else the one that should be there. */
function variablesFor(channel: ChannelValues, attribute: string): readonly string[] {
  const mapped = parameterFor(channel, attribute)?.variables ?? [];
  return mapped.length === 0 ? [attribute] : mapped;
}

function variableProblem(
  channel: ChannelValues,
  metadata: Readonly<Record<string, unknown>>,
  attribute: string,
): string | undefined {
  const wanted = variablesFor(channel, attribute);
  const found = variablesOf(metadata).filter((one) => wanted.includes(one.name));
  if (found.some(({ isInput }) => isInput)) return undefined;
  return found.length === 0
    ? `${attribute}: there is no variable ${wanted.join(' or ')}`
    : `${attribute}: the variable ${wanted.join(', ')} is not available for input`;
}
