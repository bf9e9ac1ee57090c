import { channelParameters } from '../../../../blueprint/messaging/channel-parameters.ts';
import type { MessagingSettings } from '../../../../config/messaging-settings.ts';
import { handlerFlowOf, type ChannelValues } from '../../../messaging/channel/channel-values.ts';
import { parameterInTheWay, type ChannelWish } from '../../../messaging/channel/merge-channel.ts';
import type { MessagingFacts, OrgDeployment } from '../../facts/messaging/messaging-facts.ts';
import type { SetupFacts } from '../../facts/setup-facts.ts';
import { componentValues } from '../../wish/own-messaging.ts';
import type { SetupWish } from '../../wish/setup-wish.ts';
import type { PlanWishes } from '../setup-step.ts';

/** What the rooms of this step look at. */
export interface MessagingContext {
  facts: SetupFacts;
  wish: SetupWish;
  wishes: PlanWishes;
  settings: MessagingSettings;
  messaging: MessagingFacts;
  deployments: readonly OrgDeployment[];
  deployment: OrgDeployment | undefined;
  /** Metadata of the channel; undefined if the org has none of that name. */
  channel: ChannelValues | undefined;
  /** A flow of ours is deployed by this plan or was by an earlier one. */
  flowIsOurs: boolean;
}

/** @returns undefined where Live Messaging is not wanted */
export function messagingContext(facts: SetupFacts, wish: SetupWish, wishes: PlanWishes): MessagingContext | undefined {
  const { messaging: settings } = wish;
  const { messaging } = facts;
  if (settings === undefined || messaging === undefined) return undefined;
  const deployments = messaging.deployments.known ? messaging.deployments.value : [];
  return {
    facts,
    wish,
    wishes,
    settings,
    messaging,
    deployments,
    deployment: deployments.find(({ developerName }) => developerName === settings.deployment),
    channel: componentValues(facts, 'MessagingChannel', settings.channel),
    flowIsOurs: wish.parts['messaging-routing'].components.some(({ type }) => type === 'Flow'),
  };
}

/** What the channel needs, each parameter mapped to the variable of its name where the flow has one. */
export function channelWish(context: MessagingContext): ChannelWish {
  const { channel, settings } = context;
  return {
    keyset: settings.keyset,
    parameters: channelParameters(settings)
      .filter(({ name }) => channel === undefined || parameterInTheWay(channel, name) === undefined)
      .map((parameter) =>
        hasVariable(context, parameter.name) ? { ...parameter, variable: parameter.name } : parameter,
      ),
  };
}

/** Whether the flow that the channel routes by has an input variable of that name. */
export function hasVariable(context: MessagingContext, name: string): boolean {
  if (!routesByFlow(context)) return false;
  return context.flowIsOurs || context.messaging.flow?.inputs?.includes(name) === true;
}

/** A channel that routes to a queue or to a person has no flow that could read anything. */
export function routesByFlow({ channel }: MessagingContext): boolean {
  return channel === undefined || handlerFlowOf(channel) !== undefined;
}
