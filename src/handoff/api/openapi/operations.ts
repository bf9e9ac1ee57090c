import type { z } from 'zod';

import { idempotencyKeyPattern } from '../idempotency.ts';
import type { ProblemStatus } from '../problem.ts';
import { eventsQuery, sessionsQuery } from '../schema/queries.ts';
import type { schemaNames } from './schemas.ts';

/** Where the document is served. */
export const openApiPath = '/v1/openapi.json';

type SchemaName = (typeof schemaNames)[number];

export interface Operation {
  readonly method: 'get' | 'post';
  /** As OpenAPI writes it: `{id}` is that of a session. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  /** Only the document is for whoever asks. */
  readonly isOpen?: boolean;
  /** Names of {@link headerParameters}. */
  readonly headers?: readonly (keyof typeof headerParameters)[];
  readonly query?: z.ZodObject;
  readonly body?: SchemaName;
  readonly answer: {
    readonly status: 200 | 202;
    readonly description: string;
    /** Undefined: any object. */
    readonly schema: SchemaName | undefined;
    /** It is an event stream for who does not ask for JSON alone. */
    readonly isStream?: boolean;
  };
  /** Beside those of every operation. */
  readonly problems: readonly ProblemStatus[];
}

export const headerParameters = {
  'Idempotency-Key': {
    description:
      'Tells a request that is sent again from a new one: it is answered with the first event. The same key with another ' +
      'body is answered 422. Without it, the same body for the same session is the same handoff until that has failed, and ' +
      'a message is known by its id alone.',
    schema: { type: 'string', pattern: idempotencyKeyPattern },
  },
  'Last-Event-ID': {
    description: 'Where a stream that broke off is taken up again.',
    schema: { type: 'string', pattern: '^\\d{1,15}$' },
  },
} as const;

const events = {
  headers: ['Last-Event-ID'],
  query: eventsQuery,
  answer: {
    status: 200,
    description: 'A stream of events, each with its sequence as id and a ToldEvent as data; or a page of JSON.',
    schema: 'ToldPage',
    isStream: true,
  },
} as const;

/** All that the API does: what its document says, and which methods are allowed where. */
export const operations: readonly Operation[] = [
  {
    method: 'post',
    path: '/v1/handoffs',
    operationId: 'createHandoff',
    summary: 'Hands an OpenCX session to Salesforce; one that is there already gets this one appended.',
    headers: ['Idempotency-Key'],
    body: 'Handoff',
    answer: { status: 202, description: 'Taken: it is on the disk.', schema: 'HandoffTaken' },
    problems: [409, 413, 415, 422],
  },
  {
    method: 'post',
    path: '/v1/sessions/{id}/messages',
    operationId: 'createMessage',
    summary: 'Brings what the contact or the AI says to the Case or conversation of a session.',
    headers: ['Idempotency-Key'],
    body: 'Message',
    answer: { status: 202, description: 'Taken: it is on the disk.', schema: 'MessageTaken' },
    problems: [404, 409, 413, 415, 422],
  },
  {
    method: 'get',
    path: '/v1/sessions',
    operationId: 'listSessions',
    summary: 'Sessions, the one changed last first.',
    query: sessionsQuery,
    answer: { status: 200, description: 'A page of sessions.', schema: 'SessionPage' },
    problems: [],
  },
  {
    method: 'get',
    path: '/v1/sessions/{id}',
    operationId: 'getSession',
    summary: 'A session as it stands in Salesforce.',
    answer: { status: 200, description: 'The session.', schema: 'Session' },
    problems: [404],
  },
  {
    method: 'get',
    path: '/v1/sessions/{id}/events',
    operationId: 'followSession',
    summary: 'What is told of a session: its past, then what happens.',
    ...events,
    problems: [404],
  },
  {
    method: 'get',
    path: '/v1/events',
    operationId: 'followAll',
    summary: 'What is told of all sessions: the past that is kept, then what happens.',
    ...events,
    problems: [],
  },
  {
    method: 'get',
    path: openApiPath,
    operationId: 'getDocument',
    summary: 'This document.',
    isOpen: true,
    answer: { status: 200, description: 'OpenAPI 3.1.', schema: undefined },
    problems: [],
  },
];

/** @param path of a request @returns upper case; empty if there is no such path */
export function methodsAt(path: string): string[] {
  const here = operations.filter((operation) => patternOf(operation.path).test(path));
  return [...new Set(here.flatMap(({ method }) => (method === 'get' ? ['GET', 'HEAD'] : ['POST'])))];
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll('.', '\\.').replaceAll('{id}', '[^/]+')}$`);
}
