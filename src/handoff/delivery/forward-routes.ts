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
 * for this one delivery (`events replay --to`), so that its host counts as named on the command line.
 */
export const forwardKinds = ['forward', 'forward-once'] as const;
export type ForwardKind = (typeof forwardKinds)[number];

/** What has to be delivered of an event: by the routes that name it, else by those that name none. */
export function deliveriesFor(routes: readonly ForwardRoute[], name: WebhookEventName): NewDelivery[] {
  const own = routes.filter(({ event }) => event === name);
  const used = own.length > 0 ? own : routes.filter(({ event }) => event === undefined);
  const targets = new Set(used.map(({ url }) => url.href));
  return [...targets].map((target) => ({ kind: 'forward' satisfies ForwardKind, target }));
}
