import { carriesMarker, handlerFlowOf } from '../../messaging/channel/channel-values.ts';
import type { SetupFacts } from '../facts/setup-facts.ts';
import type { SetupWish } from './setup-wish.ts';

/**
 * The wish without that part of the routing which is not ours to deploy: a flow, a queue or a field of that name that somebody
 * else has made stays as it is, and where a channel has a handler of its own nothing of it is made at all.
 */
export function withOwnRouting(wish: SetupWish, facts: SetupFacts): SetupWish {
  const { messaging: settings } = wish;
  if (settings === undefined) return wish;
  const channel = componentValues(facts, 'MessagingChannel', settings.channel);
  const routesByOurs = channel === undefined || handlerFlowOf(channel) === settings.flow;
  const flow = componentValues(facts, 'Flow', settings.flow);
  const wanted = settings.createDeployment && routesByOurs && (flow === undefined || carriesMarker(flow));
  const routing = wish.parts['messaging-routing'];
  const components = wanted
    ? routing.components.filter(({ type, fullName }) => isOurs(type, componentValues(facts, type, fullName)))
    : [];
  return { ...wish, parts: { ...wish.parts, 'messaging-routing': { ...routing, components } } };
}

/** What is not there is made, and then it is ours. A queue belongs to its people: they change members and priorities. */
function isOurs(type: string, values: Readonly<Record<string, unknown>> | undefined): boolean {
  if (values === undefined) return true;
  return type !== 'Queue' && type !== 'QueueRoutingConfig' && carriesMarker(values);
}

/** Metadata of a component as the org holds it; undefined if it has none of that name. */
export function componentValues(
  { components }: SetupFacts,
  type: string,
  fullName: string,
): Readonly<Record<string, unknown>> | undefined {
  return components.metadata.find((one) => one.type === type && one.fullName === fullName)?.values;
}
