import type { WebhookEventName } from '../../blueprint/webhook-contract.ts';
import type { NewDelivery } from '../store/handoff-store.ts';

/** Where events are forwarded to. */
export interface ForwardRoute {
  /** Undefined: every event that no other route names. */
  readonly event: WebhookEventName | undefined;
  /** As {@link checkTargetUrl} lets it pass. */
  readonly url: URL;
}

/**
 * Kinds of deliveries that are posted to a URL. `forward`: to a route of `serve`. `forward-once`: to a URL that a person named
 * for this one delivery (`events replay --to`), so that its host counts as named on the command line. `callback`: to a URL that came
 * with a handoff, whose host nobody has named.
 */
export const forwardKinds = ['forward', 'forward-once', 'callback'] as const;
export type ForwardKind = (typeof forwardKinds)[number];

/** Works a webhook into the sessions of its Case. */
export const sessionDelivery = { kind: 'session', target: 'serve:session' } as const satisfies NewDelivery;

/**
 * What has to be delivered of a webhook: to the routes that name it, else to those that name none.
 * @param sessions whether it is worked into sessions, too
 */
export function deliveriesFor(
  routes: readonly ForwardRoute[],
  name: WebhookEventName,
  sessions: boolean,
): NewDelivery[] {
  const own = routes.filter(({ event }) => event === name);
  const used = own.length > 0 ? own : routes.filter(({ event }) => event === undefined);
  const targets = new Set(used.map(({ url }) => url.href));
  const forwards = [...targets].map((target) => ({ kind: 'forward' satisfies ForwardKind, target }));
  return sessions ? [sessionDelivery, ...forwards] : forwards;
}
