import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { defaultHttpLimits } from '../../../../src/handoff/http/http-limits.ts';
import { mailHandoff, openApi, type Asking } from '../asking.ts';
import { contentOf, routesOf, type OpenApi, type Route } from './document.ts';
import { wrongBy } from './json-schema.ts';
import { knownSession, requestsOf, type FuzzRequest } from './requests.ts';
import { sender, type FuzzAnswer } from './send.ts';

/** `FUZZ=5000` sends more. */
const runs = Number(process.env['FUZZ'] ?? 500);
const problem = { $ref: '#/components/schemas/Problem' };

async function documentOf(api: Asking): Promise<OpenApi> {
  return (await (await api.ask('/v1/openapi.json')).json()) as OpenApi;
}

/** What of a request's answer the document does not say; undefined if it says all. */
function undocumented(document: OpenApi, route: Route | undefined, answer: FuzzAnswer): string | undefined {
  const { status, contentType, body } = answer;
  if (status >= 500) return `answered ${status}: ${body}`;
  const content = route === undefined ? undefined : contentOf(document, route.operation, status);
  if (route !== undefined && content === undefined) return `${route.operation.operationId} has no answer ${status}`;
  const [type = ''] = contentType.split(';');
  const schema = route === undefined ? problem : content?.[type]?.schema;
  if (schema === undefined) return `the answer ${status} is no ${type}`;
  if (type === 'text/event-stream') return undefined;
  const value: unknown = JSON.parse(body);
  const said = (value as { status?: unknown }).status;
  if (type === 'application/problem+json' && said !== status) return `the problem says ${String(said)}`;
  return wrongBy(document, schema, value);
}

/** What the document says of the body, and whether the server agrees. */
function disagreed(
  document: OpenApi,
  route: Route | undefined,
  made: FuzzRequest,
  answer: FuzzAnswer,
): string | undefined {
  const schema = route?.operation.requestBody?.content['application/json']?.schema;
  if (schema === undefined || made.body === undefined || ![202, 400].includes(answer.status)) return undefined;
  const wrong = wrongBody(document, schema, made.body);
  const isOtherFault = /"detail":"(?:Idempotency-Key|A key of the body is __proto__)|nests deeper/.test(answer.body);
  if (answer.status === 400 && wrong === undefined && !isOtherFault) return `a valid body was refused: ${answer.body}`;
  return answer.status === 202 && wrong !== undefined ? `a body was taken although ${wrong}` : undefined;
}

function wrongBody(document: OpenApi, schema: object, body: Buffer): string | undefined {
  try {
    return wrongBy(document, schema, JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return error.message;
    throw error;
  }
}

test(`${runs} requests made of the document are answered as it says, and none breaks the server`, async () => {
  const api = await openApi({ limits: { ...defaultHttpLimits, misses: { perSecond: 1e6, burst: 1e6 } } });
  const { sessionId } = mailHandoff();
  await api.post('/v1/handoffs', mailHandoff({ sessionId }));
  const document = await documentOf(api);
  const routes = routesOf(document);
  const client = sender(api.port);
  const statuses = new Map<number, number>();

  const routeOf = ({ method, target }: FuzzRequest): Route | undefined => {
    const { pathname } = new URL(target, api.origin);
    return routes.find(
      (route) =>
        (route.method === method || (method === 'HEAD' && route.method === 'GET')) &&
        new RegExp(`^${route.path.replaceAll('.', '\\.').replace('{id}', '[^/]+')}$`).test(pathname),
    );
  };

  try {
    await fc.assert(
      fc.asyncProperty(requestsOf(document, routes), async (drawn) => {
        const made: FuzzRequest = {
          ...drawn,
          target: drawn.target.replace(knownSession, sessionId),
          headers: { authorization: `Bearer ${api.token}`, ...drawn.headers },
        };
        const answer = await client.send(made);
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        const route = routeOf(made);
        // What has no body to look at.
        if (made.method !== 'HEAD') expect(undocumented(document, route, answer)).toBeUndefined();
        expect(disagreed(document, route, made, answer)).toBeUndefined();
        // Keys and ids are drawn more than once.
        if (made.isFitting) expect([200, 202, 409, 422], answer.body).toContain(answer.status);
      }),
      { numRuns: runs },
    );
  } finally {
    client.close();
  }
  // Otherwise it tried less than it says.
  for (const status of [200, 202, 400, 401, 404, 405]) expect(statuses.get(status), String(status)).toBeGreaterThan(0);
  expect(api.told.filter((event) => event.type === 'rejected' && event.status >= 500)).toEqual([]);
  if (process.env['FUZZ'] !== undefined) console.log(Object.fromEntries(statuses));
}, 600_000);
