import { METHODS } from 'node:http';

import * as fc from 'fast-check';

import { fitting, hostileText, hostileValue, spoiled } from './arbitrary.ts';
import type { OpenApi, Parameter, Route } from './document.ts';

/** A request as it goes out. */
export interface FuzzRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
  /** All of it is made by the document, so that it must be taken. */
  readonly isFitting: boolean;
}

/** Stands for a session that is there when the request is sent. */
export const knownSession = '-known-session-';

/** Requests made of the document: such that fit, such that nearly do, and hostile ones. */
export function requestsOf(document: OpenApi, routes: readonly Route[]): fc.Arbitrary<FuzzRequest> {
  return fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...routes).chain((route) => fittingRequest(document, route)) },
    { weight: 5, arbitrary: fc.constantFrom(...routes).chain((route) => hostileRequest(document, route)) },
  );
}

const json = { 'content-type': 'application/json' };
const forJson = { accept: 'application/json' };

function fittingRequest(document: OpenApi, route: Route): fc.Arbitrary<FuzzRequest> {
  const { method, path, operation } = route;
  const query = operation.parameters.filter((parameter) => parameter.in === 'query');
  const headers = operation.parameters.filter((parameter) => parameter.in === 'header');
  return fc
    .record({
      query: fc.record(arbitraries(document, query), { requiredKeys: [] }),
      headers: fc.record(arbitraries(document, headers), { requiredKeys: [] }),
      body: bodyOf(document, route),
      accept: fc.constantFrom(forJson, forJson, { accept: 'text/event-stream' }, {}),
    })
    .map(({ query, headers, body, accept }) => ({
      method,
      target: `${path.replace('{id}', knownSession)}${queryText(query)}`,
      headers: { ...accept, ...json, ...withoutSpaces(headers) },
      body: body === undefined ? undefined : Buffer.from(JSON.stringify(body)),
      isFitting: true,
    }));
}

function hostileRequest(document: OpenApi, route: Route): fc.Arbitrary<FuzzRequest> {
  const names = [...route.operation.parameters.map(({ name }) => name), '__proto__', 'limit', 'x'];
  const nearly = bodyOf(document, route).chain((body) => (body === undefined ? hostileValue : spoiled(body)));
  return fc
    .record({
      method: fc.oneof({ weight: 6, arbitrary: fc.constant(route.method) }, fc.constantFrom(...METHODS)),
      id: fc.oneof(fc.constant(knownSession), fc.uuid(), hostileText.map(segment)),
      suffix: fc.oneof(
        { weight: 8, arbitrary: fc.constant('') },
        fc.constantFrom('/', '//', '/x', '/%2e%2e', ';a=b', '%00'),
      ),
      query: fc.dictionary(fc.constantFrom(...names), hostileText, { maxKeys: 3 }),
      headers: oddHeaders,
      body: fc.oneof(
        { weight: 4, arbitrary: nearly.map((value) => Buffer.from(JSON.stringify(value) ?? '')) },
        { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)) },
        {
          weight: 1,
          arbitrary: fc
            .constantFrom('{"a":1,"a":2}', '[[[[', '{"a":1e400}', '\uFEFF{}', 'null')
            .map((text) => Buffer.from(text)),
        },
        {
          weight: 1,
          arbitrary: fc
            .integer({ min: 60, max: 3000 })
            .map((depth) => Buffer.from('['.repeat(depth) + ']'.repeat(depth))),
        },
      ),
    })
    .map(({ method, id, suffix, query, headers, body }) => ({
      // It opens a tunnel, and has no path.
      method: method === 'CONNECT' ? 'TRACE' : method,
      target: `${route.path.replace('{id}', id)}${suffix}${queryText(query)}`,
      headers: { ...forJson, ...json, ...headers },
      body: ['GET', 'HEAD'].includes(method) ? undefined : body,
      isFitting: false,
    }));
}

function bodyOf(document: OpenApi, { operation }: Route): fc.Arbitrary<unknown> {
  const schema = operation.requestBody?.content['application/json']?.schema;
  return schema === undefined ? fc.constant(undefined) : fitting(document, schema);
}

function arbitraries(document: OpenApi, parameters: readonly Parameter[]): Record<string, fc.Arbitrary<unknown>> {
  return Object.fromEntries(parameters.map(({ name, schema }) => [name, fitting(document, schema)]));
}

/** Header fields that Node sends. */
const latin = fc
  .string({ maxLength: 60, unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)) })
  .filter((text) => !/[\x7f]/.test(text));

const oddHeaders: fc.Arbitrary<Record<string, string>> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  latin.map((value) => ({ 'idempotency-key': value })),
  latin.map((value) => ({ 'last-event-id': value })),
  latin.map((value) => ({ 'content-type': value })),
  latin.map((value) => ({ accept: value })),
  latin.map((value) => ({ authorization: `Bearer ${value}` })),
  latin.map((value) => ({ origin: value })),
  latin.map((value) => ({ 'x-odd': value, traceparent: value })),
  fc.constantFrom<Record<string, string>>(
    { 'content-encoding': 'gzip' },
    { expect: '100-continue' },
    { 'content-type': 'application/json; charset=utf-16' },
    { 'x-forwarded-for': '203.0.113.7' },
    { 'sec-fetch-site': 'cross-site' },
    { 'x-http-method-override': 'DELETE' },
  ),
);

/** Fields end where their text ends: a key of spaces is none on the wire. */
function withoutSpaces(headers: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value).trim()]));
}

function queryText(query: Record<string, unknown>): string {
  const text = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  return text === '' ? '' : `?${text}`;
}

function segment(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
