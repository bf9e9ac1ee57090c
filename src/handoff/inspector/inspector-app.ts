import { Hono, type Context } from 'hono';

import { refusal, response } from '../http/answer.ts';
import { markAsData } from '../http/data-headers.ts';
import type { Gate } from '../http/rate-limit.ts';
import { tokenMatcher } from '../security/webhook-token.ts';
import type { DataPorts, InspectorEnv } from './data-ports.ts';
import { registerDataRoutes } from './data-routes.ts';
import { pageFile } from './page-files.ts';
import { bearerToken, isForeign, isForThisMachine } from '../http/request-guard.ts';

export interface InspectorPorts extends DataPorts {
  /** What the page shows with every request for data. */
  readonly token: string;
  /** Of guesses of the token. */
  readonly misses: Gate;
}

/**
 * The page on which a person sees what comes and what becomes of it, at `/`, and the data it asks for, below `/api`. Made for a
 * server on loopback alone. A request that is not for this machine finds nothing; the page itself holds no data, and all data wants
 * the token in a header field, which no web page elsewhere can send.
 */
export function buildInspector(ports: InspectorPorts): Hono<InspectorEnv> {
  const isToken = tokenMatcher(ports.token);
  const app = new Hono<InspectorEnv>();

  async function page(c: Context<InspectorEnv>, folder: 'inspector' | 'base', name: string): Promise<Response> {
    const file = isForThisMachine(c.req.raw.headers) ? await pageFile(folder, name) : undefined;
    return file ?? (await c.notFound());
  }

  app.get('/', (c) => page(c, 'inspector', 'index.html'));
  app.get('/inspector/:file{(?:[a-z-]+/)?[a-z-]+\\.(?:css|js|svg)}', (c) => page(c, 'inspector', c.req.param('file')));
  app.get('/base/:file{[a-z-]+\\.(?:css|js|svg)}', (c) => page(c, 'base', c.req.param('file')));
  app.use('/api/*', async (c, next) => {
    const { headers } = c.req.raw;
    if (!isForThisMachine(headers)) return await c.notFound();
    if (isForeign(headers)) return response(refusal(403, 'Only the page of this inspector may ask this.'));
    if (!isToken(bearerToken(headers))) {
      const waitSeconds = ports.misses();
      return waitSeconds > 0
        ? response(refusal(429, 'Too many requests.', { 'retry-after': String(waitSeconds) }))
        : response(refusal(401, 'The token is missing or wrong.', { 'www-authenticate': 'Bearer' }));
    }
    await next();
    markAsData(c.res.headers);
    return undefined;
  });
  registerDataRoutes(app, ports);
  return app;
}
