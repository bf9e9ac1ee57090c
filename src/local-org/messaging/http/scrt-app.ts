import { randomUUID } from 'node:crypto';

import { Hono } from 'hono';
import type { Context } from 'hono';

import { bodyLimit } from '../../http/body-limit.ts';
import type { ErrorListener } from '../../http/error-answer.ts';
import { RestError } from '../../http/rest-error.ts';
import type { LocalOrgEnv, RouteRegistrant } from '../../http/route.ts';
import type { OrgState } from '../../state/org-state.ts';
import { RowRefused } from '../sessions/save-row.ts';
import { registerConfigRoute } from './config-route.ts';
import { registerConversationRoutes } from './conversation-routes.ts';
import { registerEntryRoutes } from './entry-routes.ts';
import { GatewayRefusal, ScrtError } from './scrt-error.ts';
import { registerStreamRoute } from './stream-route.ts';
import { registerTokenRoutes } from './token-routes.ts';

/** The SCRT2 host of an org: `https://….my.salesforce-scrt.com` on Salesforce, an origin of its own here too. */
export function buildScrtApp(
  org: OrgState,
  first: readonly RouteRegistrant[],
  onError: ErrorListener,
): Hono<LocalOrgEnv> {
  const app = new Hono<LocalOrgEnv>({ strict: false });
  app.onError((error, c) => answer(c, error, onError));
  app.notFound((c) =>
    answer(c, new ScrtError(404, 'NOT_FOUND', `No endpoint ${c.req.method} ${c.req.path}.`), onError),
  );
  for (const register of first) register(app, org);
  app.use(bodyLimit);
  registerConfigRoute(app, org);
  registerTokenRoutes(app, org);
  registerConversationRoutes(app, org);
  registerEntryRoutes(app, org);
  registerStreamRoute(app, org);
  return app;
}

function answer(c: Context<LocalOrgEnv>, error: unknown, onError: ErrorListener): Response {
  if (error instanceof GatewayRefusal) return c.text(error.message, 401);
  if (error instanceof ScrtError) {
    const { code, message, retryAfterSeconds, status } = error;
    if (retryAfterSeconds !== undefined) c.header('Retry-After', String(retryAfterSeconds));
    return c.json({ error: code, message }, status);
  }
  if (error instanceof RestError) return c.json({ error: error.errorCode, message: error.message }, error.status);
  // What clients see of a trigger that refuses the rows of a conversation is not known.
  if (error instanceof RowRefused) return c.json({ error: 'INTERNAL_SERVER_ERROR', message: error.message }, 500);
  const errorId = randomUUID();
  onError(error, errorId);
  return c.json({ error: 'INTERNAL_SERVER_ERROR', message: `An unexpected error occurred: ${errorId}` }, 500);
}
