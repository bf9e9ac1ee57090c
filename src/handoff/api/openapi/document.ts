import { z } from 'zod';

import type { ProblemStatus } from '../problem.ts';
import { headerParameters, operations, type Operation } from './operations.ts';
import { componentSchemas, reference } from './schemas.ts';

/** Problems that any operation may have: what does not fit, a foreign page, a bug, a store that fails. */
const everywhere = [400, 403, 500, 503] as const;
/** And of those that want the token. */
const behindToken = [401, 429] as const;

const meanings: Readonly<Record<ProblemStatus, string>> = {
  400: 'It does not fit: what is wrong is named, its value never.',
  401: 'The token is missing or wrong.',
  403: 'A web page of another origin asks, or serve was started for reading alone.',
  404: 'There is no such session.',
  405: 'The method is not allowed here.',
  409: 'The session is not such that it can be done: resolved, failed, of another channel, or the AI is paused.',
  413: 'The body is larger than 25 MB, or has more than 100,000 values.',
  415: 'The body is no JSON in UTF-8, or packed.',
  422: 'It was taken before with another body.',
  429: 'Too many requests came without the token.',
  500: 'A bug of serve.',
  503: 'The store fails, Salesforce is not connected, or too many streams are open: come again after Retry-After.',
};

/** The OpenAPI 3.1 document of the API. */
export function openApiDocument(): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'opencx-sf serve',
      version: '1',
      description: 'Handoffs and messages of OpenCX sessions to Salesforce, and what becomes of them.',
    },
    security: [{ token: [] }],
    paths: pathsOf(operations),
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      responses: problemResponses(),
      schemas: componentSchemas(),
    },
  };
}

function pathsOf(all: readonly Operation[]): Record<string, Record<string, object>> {
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of all) {
    const { path, method } = operation;
    paths[path] = { ...paths[path], [method]: operationOf(operation) };
  }
  return paths;
}

function operationOf(operation: Operation): object {
  const { operationId, summary, isOpen, body } = operation;
  return {
    operationId,
    summary,
    ...(isOpen === true ? { security: [] } : {}),
    parameters: parametersOf(operation),
    ...(body === undefined ? {} : { requestBody: { required: true, content: jsonOf(reference(body)) } }),
    responses: responsesOf(operation),
  };
}

function parametersOf({ path, headers = [], query }: Operation): object[] {
  const ofPath = path.includes('{id}')
    ? [{ name: 'id', in: 'path', required: true, description: 'UUID of the session.', schema: { type: 'string' } }]
    : [];
  const ofHeader = headers.map((name) => ({ name, in: 'header', required: false, ...headerParameters[name] }));
  const properties = query === undefined ? {} : (z.toJSONSchema(query, { io: 'output' }).properties ?? {});
  const ofQuery = Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: false, schema }));
  return [...ofPath, ...ofHeader, ...ofQuery];
}

function responsesOf({ answer, problems: own, isOpen }: Operation): Record<string, object> {
  const { status, description, schema, isStream } = answer;
  const content = {
    ...(isStream === true ? { 'text/event-stream': { schema: { type: 'string' } } } : {}),
    ...jsonOf(schema === undefined ? { type: 'object' } : reference(schema)),
  };
  const statuses = [...everywhere, ...(isOpen === true ? [] : behindToken), ...own].sort((a, b) => a - b);
  const problems = statuses.map((one) => [one, { $ref: `#/components/responses/${one}` }]);
  return { [status]: { description, content }, ...Object.fromEntries(problems) };
}

/** By status. */
function problemResponses(): Record<string, object> {
  const content = { 'application/problem+json': { schema: reference('Problem') } };
  return Object.fromEntries(
    Object.entries(meanings).map(([status, description]) => [status, { description, content }]),
  );
}

function jsonOf(schema: object): Record<string, object> {
  return { 'application/json': { schema } };
}
