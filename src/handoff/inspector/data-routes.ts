import type { HttpBindings } from '@hono/node-server';
import type { Context, Hono } from 'hono';
import { z } from 'zod';

import type { WebhookContract } from '../../blueprint/webhook-contract.ts';
import type { Clock } from '../../clock.ts';
import { packageVersion } from '../../version.ts';
import { curlOfEvent } from '../export/curl.ts';
import type { EventHistory } from '../export/event-history.ts';
import { historyJson, rejectionJson } from '../export/event-json.ts';
import type { EventHistoryJson } from '../export/event-schema.ts';
import { harDocument, harEntries } from '../export/har.ts';
import { refusal, response } from '../http/answer.ts';
import type { HttpLimits } from '../http/http-limits.ts';
import type { StoreHealth } from '../store-health.ts';
import type { HandoffStore } from '../store/handoff-store.ts';
import { findHistory, listShown } from './find-shown.ts';
import { liveStream } from './live-stream.ts';
import { replayRoute } from './replay-route.ts';
import type { LinkHealth, ServeNews } from './serve-news.ts';
import { listWishSchema, type EventsShown, type RejectionsShown, type StatusShown } from './shown-schema.ts';

export interface InspectorEnv {
  Bindings: HttpBindings;
}

export interface DataPorts {
  readonly store: HandoffStore;
  readonly health: StoreHealth;
  readonly contract: WebhookContract;
  readonly news: ServeNews;
  readonly limits: HttpLimits;
  readonly clock: Clock;
  /** There is something to deliver. */
  readonly onDeliverable: () => void;
}

const rejectionsShown = 100;

/** What the page asks; whoever asks has been let in. */
export function registerDataRoutes(app: Hono<InspectorEnv>, ports: DataPorts): void {
  const { store, health, contract, news } = ports;

  /** Answers with what the store holds, or that it cannot be read. */
  async function shown<T>(read: () => Promise<T>, show: (found: T) => Response | Promise<Response>): Promise<Response> {
    // An answer around it, since what was found may be nothing.
    const found = await health.tried('read', async () => [await read()] as const);
    return found === undefined ? response(refusal(503, 'The store cannot be read at the moment.')) : show(found[0]);
  }

  type EventRoute = (c: Context<InspectorEnv>, history: EventHistory) => Response | Promise<Response>;
  const ofEvent = (route: EventRoute) => (c: Context<InspectorEnv>) =>
    shown(
      () => findHistory(store, c.req.param('id') ?? ''),
      (history) =>
        history === undefined ? response(refusal(404, 'The store holds no such event.')) : route(c, history),
    );

  app.get('/api/status', async (c) => c.json((await status(ports)) satisfies StatusShown));
  app.get('/api/live', (c) => liveStream(news, c.env.outgoing) ?? response(refusal(503, 'Too many pages are open.')));
  app.get('/api/rejections', (c) =>
    shown(
      () => store.rejections(rejectionsShown),
      (found) => c.json({ rejections: found.map(rejectionJson) } satisfies RejectionsShown),
    ),
  );
  app.get('/api/events', async (c) => {
    const wish = listWishSchema.safeParse(c.req.query());
    if (!wish.success) return response(refusal(400, z.prettifyError(wish.error)));
    return await shown(
      () => listShown(store, contract, wish.data),
      (found) => c.json(found satisfies EventsShown),
    );
  });
  app.get(
    '/api/events/:id',
    ofEvent((c, history) => c.json(historyJson(contract, history) satisfies EventHistoryJson)),
  );
  app.get(
    '/api/events/:id/body',
    ofEvent((c, { event }) => c.body(Uint8Array.from(event.body), 200, { 'content-type': 'application/octet-stream' })),
  );
  app.get(
    '/api/events/:id/curl',
    ofEvent((c, history) => c.json({ command: curlOfEvent(history) })),
  );
  app.get(
    '/api/events/:id/har',
    ofEvent((c, history) => c.json(harDocument(packageVersion(), harEntries(history)))),
  );
  app.post(
    '/api/events/:id/replay',
    ofEvent((c, history) => replayRoute(c.env.incoming, history, ports)),
  );
}

async function status({ store, health, contract, news }: DataPorts): Promise<StatusShown> {
  const linkOf = ({ failing }: LinkHealth) => (failing === undefined ? {} : { failing });
  const counts = await health.tried('read', () => store.counts());
  return {
    version: packageVersion(),
    events: contract.events,
    ...(counts === undefined ? {} : { counts }),
    store: linkOf(news.store()),
    farSides: news.farSides().map((link) => ({ name: link.name, ...linkOf(link) })),
  };
}
