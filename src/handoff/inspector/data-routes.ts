import type { Hono } from 'hono';

import { rejectionJson } from '../export/event-json.ts';
import { refusal, response } from '../http/answer.ts';
import { shown, type DataPorts, type InspectorEnv } from './data-ports.ts';
import { registerEventRoutes } from './events/event-routes.ts';
import { registerFixtureRoutes } from './fixtures/fixture-routes.ts';
import { liveStream } from './live-stream.ts';
import { registerSessionRoutes } from './sessions/session-routes.ts';
import type { RejectionsShown, StatusShown } from './shown-schema.ts';
import { status } from './status.ts';

const rejectionsShown = 100;

/** What the page asks; whoever asks has been let in. */
export function registerDataRoutes(app: Hono<InspectorEnv>, ports: DataPorts): void {
  const { store, health, news } = ports;
  app.get('/api/status', async (c) => c.json((await status(ports)) satisfies StatusShown));
  app.get('/api/live', (c) => liveStream(news, c.env.outgoing) ?? response(refusal(503, 'Too many pages are open.')));
  app.get('/api/rejections', (c) =>
    shown(
      health,
      () => store.rejections(rejectionsShown),
      (found) => c.json({ rejections: found.map(rejectionJson) } satisfies RejectionsShown),
    ),
  );
  registerEventRoutes(app, ports);
  registerSessionRoutes(app, ports);
  registerFixtureRoutes(app, ports);
}
