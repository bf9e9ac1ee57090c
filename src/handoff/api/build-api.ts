import { Hono, type Context } from 'hono';

import { orderKeyOf } from '../session/session.ts';
import { admission, asData } from './admission.ts';
import type { ApiEnv, ApiPorts } from './api-ports.ts';
import { eventRoute } from './event-routes.ts';
import { takeHandoff } from './handoff-route.ts';
import { takeMessage } from './message-route.ts';
import { openApiDocument } from './openapi/document.ts';
import { methodsAt, openApiPath } from './openapi/operations.ts';
import { ApiProblem, problemResponse } from './problem.ts';
import { sessionToJson } from './schema/session-json.ts';
import { knownSession, listSessions } from './session-routes.ts';

/** The HTTP API for OpenCX and whoever stands in for it, below `/v1`: handoffs and messages in, sessions and their events out. */
export function buildApi(ports: ApiPorts): Hono<ApiEnv> {
  const { clock, listener } = ports;
  const api = new Hono<ApiEnv>();
  const events = eventRoute(ports);
  const document = openApiDocument();
  const idOf = (c: Context<ApiEnv>): string => c.req.param('id') ?? '';

  api.onError((error, c) => {
    const problem = problemOf(error, c);
    const reason = problem.type === 'bug' ? `A bug: ${error.message}` : problem.message;
    listener({ type: 'rejected', at: clock.now(), status: problem.status, reason, rejectionId: undefined });
    return problemResponse(problem);
  });
  api.use('/v1/*', asData, admission(ports));
  api.get(openApiPath, (c) => c.json(document));
  api.post('/v1/handoffs', async (c) => c.json(await takeHandoff(c.env.incoming, ports), 202));
  api.get('/v1/sessions', async (c) => c.json(await listSessions(c.req.query(), ports)));
  api.get('/v1/sessions/:id', async (c) => c.json(sessionToJson(await knownSession(ports, idOf(c)))));
  api.post('/v1/sessions/:id/messages', async (c) => c.json(await takeMessage(c.env.incoming, idOf(c), ports), 202));
  api.get('/v1/sessions/:id/events', async (c) => events(c, orderKeyOf((await knownSession(ports, idOf(c))).id)));
  api.get('/v1/events', (c) => events(c, undefined));
  api.all('/v1/*', (c) => {
    const allowed = methodsAt(c.req.path);
    if (allowed.length === 0) throw new ApiProblem('not-found', 'The API has no such path.');
    const allow = allowed.join(', ');
    throw new ApiProblem('method-not-allowed', `Only ${allow} is allowed here.`, { headers: { allow } });
  });
  return api;
}

function problemOf(error: Error, c: Context<ApiEnv>): ApiProblem {
  if (error instanceof ApiProblem) return error;
  const { incoming } = c.env;
  return incoming.destroyed && !incoming.complete
    ? new ApiProblem('invalid-request', 'The request ended before its body did.')
    : new ApiProblem('bug', 'Come again later; what went wrong is told where serve runs.');
}
