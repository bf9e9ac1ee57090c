import type { Context, Hono } from 'hono';
import { z } from 'zod';

import { packageVersion } from '../../../version.ts';
import { curlOfEvent } from '../../export/curl.ts';
import type { EventHistory } from '../../export/event-history.ts';
import { historyJson } from '../../export/event-json.ts';
import { findHistory } from '../../export/event-history.ts';
import { harDocument, harEntries } from '../../export/har.ts';
import { refusal, response } from '../../http/answer.ts';
import { shown, type DataPorts, type InspectorEnv } from '../data-ports.ts';
import { recordLink } from '../record-link.ts';
import { listWishSchema, type EventShown, type EventsShown } from '../shown-schema.ts';
import { listShown, selectWished } from './find-shown.ts';
import { replayRoute } from './replay-route.ts';
import { wishedHar } from './wished-har.ts';

/** Events of one archive, at most: so many the page lists. */
const mostArchived = 1000;
const mostSessions = 20;

/** Events: listed, shown, repeated and given away. */
export function registerEventRoutes(app: Hono<InspectorEnv>, ports: DataPorts): void {
  const { store, health, contract } = ports;

  type EventRoute = (c: Context<InspectorEnv>, history: EventHistory) => Response | Promise<Response>;
  const ofEvent = (route: EventRoute) => (c: Context<InspectorEnv>) =>
    shown(
      health,
      () => findHistory(store, c.req.param('id') ?? ''),
      (history) =>
        history === undefined ? response(refusal(404, 'The store holds no such event.')) : route(c, history),
    );

  app.get('/api/events', async (c) => {
    const wish = listWishSchema.safeParse(c.req.query());
    if (!wish.success) return response(refusal(400, z.prettifyError(wish.error)));
    return await shown(
      health,
      () => listShown(store, contract, wish.data),
      (found) => c.json(found satisfies EventsShown),
    );
  });
  app.get('/api/har', async (c) => {
    const wish = listWishSchema.safeParse(c.req.query());
    if (!wish.success) return response(refusal(400, z.prettifyError(wish.error)));
    return await shown(
      health,
      async () => {
        const ids: string[] = [];
        for await (const { id } of selectWished(store, contract, wish.data)) if (ids.push(id) >= mostArchived) break;
        return ids.toReversed();
      },
      (ids) => c.body(wishedHar(store, ids), 200, { 'content-type': 'application/json' }),
    );
  });
  app.get(
    '/api/events/:id',
    ofEvent(async (c, history) => {
      const event = historyJson(contract, history);
      const { caseId, sessionId } = event;
      const link = recordLink(ports.org, 'Case', caseId);
      return await shown(
        health,
        async () =>
          sessionId === undefined && caseId !== undefined ? await store.sessions({ caseId, limit: mostSessions }) : [],
        (sessions) =>
          c.json({
            ...event,
            sessions: sessions.map(({ id }) => id),
            ...(link === undefined ? {} : { caseLink: link }),
          } satisfies EventShown),
      );
    }),
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
