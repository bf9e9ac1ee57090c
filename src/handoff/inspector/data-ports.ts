import type { HttpBindings } from '@hono/node-server';

import type { WebhookContract } from '../../blueprint/webhook-contract.ts';
import type { Clock } from '../../clock.ts';
import { refusal, response, type Answer } from '../http/answer.ts';
import type { HttpLimits } from '../http/http-limits.ts';
import type { WebhookRequest } from '../http/webhook-intake.ts';
import type { OpencxApi } from '../opencx/opencx-api.ts';
import type { StoreHealth } from '../store-health.ts';
import type { HandoffStore } from '../store/handoff-store.ts';
import type { ServeNews } from './serve-news.ts';

export interface InspectorEnv {
  Bindings: HttpBindings;
}

/** Salesforce as `serve` knows it; absent where it takes webhooks alone. */
export interface InspectedOrg {
  /** Instance URL, e.g. `https://x.my.salesforce.com`. */
  readonly url: string;
  /** Origin of Live Messaging, e.g. `https://x.my.salesforce-scrt.com`. */
  readonly messagingUrl?: string;
}

/** What the page can do beyond looking; each is hidden where it is absent. */
export interface InspectorExtras {
  readonly org?: InspectedOrg;
  /** Where fixtures are saved. */
  readonly fixturesFolder?: string;
  readonly opencx?: Pick<OpencxApi, 'history' | 'sync'>;
}

export interface DataPorts extends InspectorExtras {
  readonly store: HandoffStore;
  readonly health: StoreHealth;
  readonly contract: WebhookContract;
  readonly news: ServeNews;
  readonly limits: HttpLimits;
  readonly clock: Clock;
  /** Takes a webhook that a person made up, by the way of all webhooks; absent: none is fired. */
  readonly takeWebhook?: (request: WebhookRequest) => Promise<Answer>;
  /** There is something to deliver. */
  readonly onDeliverable: () => void;
}

/** Answers with what the store holds, or that it cannot be read. */
export async function shown<T>(
  health: StoreHealth,
  read: () => Promise<T>,
  show: (found: T) => Response | Promise<Response>,
): Promise<Response> {
  // An answer around it, since what was found may be nothing.
  const found = await health.tried('read', async () => [await read()] as const);
  return found === undefined ? response(refusal(503, 'The store cannot be read at the moment.')) : show(found[0]);
}
