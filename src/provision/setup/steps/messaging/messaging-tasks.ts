import { channelParameters } from '../../../../blueprint/messaging/channel-parameters.ts';
import { publishingVersion } from '../../../messaging/api-versions.ts';
import { parameterFor, parameterInTheWay } from '../../../messaging/channel/merge-channel.ts';
import { setupUrl } from '../../../org/setup-url.ts';
import type { ManualTask } from '../../plan/setup-plan.ts';
import { flowIsActiveThen } from './messaging-changes.ts';
import { hasVariable, routesByFlow, type MessagingContext } from './messaging-context.ts';

/** What only a person can do for Live Messaging. */
export function messagingTasks(context: MessagingContext): ManualTask[] {
  return [
    ...variableTasks(context),
    ...parameterTasks(context),
    ...activationTasks(context),
    ...publicationTasks(context),
  ];
}

/** A flow of somebody else is never edited: which variables it lacks is told, and the next run maps them. */
function variableTasks(context: MessagingContext): ManualTask[] {
  const { settings, messaging, channel, facts } = context;
  if (!routesByFlow(context) || context.flowIsOurs || messaging.flow === undefined) return [];
  const missing = channelParameters(settings)
    .map(({ name }) => name)
    .filter((name) => !hasVariable(context, name) && !isMapped(channel, name));
  if (missing.length === 0) return [];
  const { apiName, versionId } = messaging.flow;
  return [
    {
      id: 'messaging-flow-variables',
      title: `Give the flow ${apiName} the variables that OpenCX fills`,
      steps: [
        ...missing.map((name) => `New Resource → Variable: API Name ${name}, Data Type Text, Available for input.`),
        'Use them for routing as you like, save as a new version, and activate it.',
        'Run the same command again: it maps the parameters of the channel to them.',
      ],
      url: `${facts.identity.instanceUrl}/builder_platform_interaction/flowBuilder.app?flowId=${versionId}`,
      seenBy: `the active version of ${apiName} has ${missing.join(', ')} as input`,
    },
  ];
}

function isMapped(channel: MessagingContext['channel'], name: string): boolean {
  return channel !== undefined && (parameterFor(channel, name)?.variables.length ?? 0) > 0;
}

function parameterTasks({ channel, settings, facts }: MessagingContext): ManualTask[] {
  if (channel === undefined) return [];
  return channelParameters(settings).flatMap(({ name }) => {
    const other = parameterInTheWay(channel, name);
    if (other === undefined) return [];
    return [
      {
        id: `messaging-parameter-${name}`,
        title: `Let the channel ${settings.channel} take the routing attribute ${name}`,
        steps: [
          `Its parameter ${other.name} has the Channel Variable Name ${other.externalName}; OpenCX sends ${name}, compared letter by letter.`,
          `Rename that parameter, or give it the Channel Variable Name ${name} if nobody else sends ${other.externalName}; then run the same command again.`,
        ],
        url: setupUrl(facts.identity.instanceUrl, 'LiveMessageSetup/home'),
        seenBy: `the channel has a parameter with the Channel Variable Name ${name}`,
      },
    ];
  });
}

function activationTasks(context: MessagingContext): ManualTask[] {
  const { messaging, facts, settings } = context;
  if (!routesByFlow(context) || flowIsActiveThen(context)) return [];
  const name = messaging.flow?.apiName ?? settings.flow;
  return [
    {
      id: 'messaging-activate-flow',
      title: `Activate the flow ${name}`,
      steps: [
        'Setup → Flows → the flow → its latest version → Activate. (Salesforce takes flows into production as drafts.)',
        'Then run the same command again: it goes on from there.',
      ],
      url: setupUrl(facts.identity.instanceUrl, 'Flows/home'),
      seenBy: `${name} has an active version`,
    },
  ];
}

function publicationTasks({ facts, settings }: MessagingContext): ManualTask[] {
  if (Number(facts.maxApiVersion) >= publishingVersion) return [];
  return [
    {
      id: 'messaging-publish',
      title: `Publish the deployment ${settings.deployment}`,
      steps: [
        `Setup → Embedded Service Deployments → ${settings.deployment} → Publish, after each change of the channel; it takes up to 10 minutes to arrive.`,
      ],
      url: setupUrl(facts.identity.instanceUrl, 'EmbeddedServiceDeployments/home'),
      seenBy: 'tokens are given out; no API tells it',
    },
  ];
}
