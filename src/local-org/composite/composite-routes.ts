import type { Context } from 'hono';

import { isJsonObject, jsonObject } from '../http/json-body.ts';
import { notImplemented, RestError } from '../http/rest-error.ts';
import type { LocalOrgEnv, RouteRegistrant } from '../http/route.ts';
import { insertReferences } from './references.ts';

/** Sub-requests of one request (REST API guide, Composite and Composite Batch). */
const MAX_SUBREQUESTS = 25;

/** What each part of a batch gets after one that failed, if it is to halt then (REST API guide, "Batch Request Body"). */
const halted = {
  errorCode: 'BATCH_PROCESSING_HALTED',
  message: 'The batch processing halted because a previous subrequest failed.',
};

interface Subrequest {
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
  readonly referenceId: string;
  /** Headers of its own. */
  readonly httpHeaders: Readonly<Record<string, unknown>>;
}

interface Subanswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Record<string, string>;
}

/** The headers of a sub-request that have an effect here; where it has none of its own, those of the whole request hold. */
const SUBREQUEST_HEADERS = ['sforce-auto-assign'];

/**
 * `composite` and `composite/batch`: each sub-request goes through the whole app again, with the caller's session.
 * `allOrNone` would need one transaction around several requests and is said to be not implemented.
 */
export const registerCompositeRoutes: RouteRegistrant = (app) => {
  const run = async (
    c: Context<LocalOrgEnv>,
    { method, url, body, httpHeaders }: Omit<Subrequest, 'referenceId'>,
  ): Promise<Subanswer> => {
    const headers = new Headers({
      host: c.req.header('host') ?? '',
      authorization: `Bearer ${c.get('session').token}`,
    });
    const own = new Map(Object.entries(httpHeaders).map(([name, value]) => [name.toLowerCase(), value]));
    for (const name of SUBREQUEST_HEADERS) {
      const value = own.get(name) ?? c.req.header(name);
      if (typeof value === 'string') headers.set(name, value);
    }
    if (body !== undefined && body !== null) headers.set('content-type', 'application/json');
    const init = { method, headers, ...(headers.has('content-type') ? { body: JSON.stringify(body) } : {}) };
    const answer = await app.request(new URL(url, c.req.url).toString(), init, c.env);
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? null : parsed(text), headers: ownHeaders(answer) };
  };

  /** A reference that leads nowhere fails its own part, and the others go on. */
  const runReferring = async (
    c: Context<LocalOrgEnv>,
    subrequest: Subrequest,
    answers: ReadonlyMap<string, unknown>,
  ): Promise<Subanswer> => {
    let ready: Subrequest;
    try {
      ready = insertReferences(subrequest, answers);
    } catch (error) {
      if (!(error instanceof RestError)) throw error;
      const { errorCode, message } = error;
      return { status: error.status, body: [{ errorCode, message }], headers: {} };
    }
    return run(c, ready);
  };

  app.on('POST', bothApis('composite'), async (c) => {
    const request = await jsonObject(c);
    const subrequests = subrequestsOf(request['compositeRequest'], (one) => one['body'], 'referenceId');
    if (request['allOrNone'] === true) throw notImplemented('composite requests with allOrNone');
    const answers = new Map<string, unknown>();
    const compositeResponse: unknown[] = [];
    for (const subrequest of subrequests) {
      const { referenceId } = subrequest;
      const { status, body, headers } = await runReferring(c, subrequest, answers);
      answers.set(referenceId, body);
      compositeResponse.push({ body, httpHeaders: headers, httpStatusCode: status, referenceId });
    }
    return c.json({ compositeResponse });
  });

  app.on('POST', bothApis('composite/batch'), async (c) => {
    const request = await jsonObject(c);
    const subrequests = subrequestsOf(request['batchRequests'], (one) => one['richInput'], undefined);
    const results: { statusCode: number; result: unknown }[] = [];
    for (const subrequest of subrequests) {
      const isHalted = request['haltOnError'] === true && results.some(({ statusCode }) => statusCode >= 400);
      if (isHalted) {
        results.push({ statusCode: 412, result: [halted] });
        continue;
      }
      const { status, body } = await run(c, {
        ...subrequest,
        url: `/services/data/${subrequest.url.replace(/^\/?(services\/data\/)?/, '')}`,
      });
      results.push({ statusCode: status, result: body });
    }
    return c.json({ hasErrors: results.some(({ statusCode }) => statusCode >= 400), results });
  });
};

/** The Tooling API has these two resources as well, and no collections (its guide, "Improve Performance with …"). */
function bothApis(resource: string): string[] {
  return ['', 'tooling/'].map((api) => `/services/data/:version/${api}${resource}`);
}

function subrequestsOf(
  list: unknown,
  bodyOf: (one: Record<string, unknown>) => unknown,
  idField: string | undefined,
): Subrequest[] {
  if (!Array.isArray(list) || list.length === 0 || !list.every(isJsonObject)) {
    throw new RestError(400, 'JSON_PARSER_ERROR', 'The sub-requests must be a list of JSON objects');
  }
  if (list.length > MAX_SUBREQUESTS) {
    throw new RestError(400, 'PROCESSING_HALTED', `A request may have at most ${MAX_SUBREQUESTS} sub-requests`);
  }
  return list.map((one) => {
    const { method, url } = one;
    const referenceId = idField === undefined ? '' : one[idField];
    if (typeof method !== 'string' || typeof url !== 'string' || typeof referenceId !== 'string') {
      throw new RestError(400, 'JSON_PARSER_ERROR', 'A sub-request needs a method, a url and a referenceId');
    }
    if (!/^(?:GET|POST|PATCH|DELETE|PUT|HEAD)$/i.test(method) || /\/composite(?:\/batch)?\/?(?:\?|$)/.test(url)) {
      throw new RestError(400, 'INVALID_INPUT', `A sub-request cannot be ${method} ${url}`);
    }
    const httpHeaders = isJsonObject(one['httpHeaders']) ? one['httpHeaders'] : {};
    return { method: method.toUpperCase(), url, body: bodyOf(one), referenceId, httpHeaders };
  });
}

function ownHeaders(answer: Response): Record<string, string> {
  const location = answer.headers.get('location');
  return location === null ? {} : { Location: location };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
