import { gzipSync } from 'node:zlib';

import type { CalloutRequest, HeaderLine } from '../../run/callouts/callouts.ts';
import { resolveEndpoint } from '../../run/callouts/endpoints/resolve-endpoint.ts';
import type { Run } from '../../run/run.ts';
import { apexError } from '../../values/exception.ts';
import { HeaderList } from './header-list.ts';
import type { HttpRequestValue } from './http-values.ts';

const methodNames = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'TRACE']);

/** Bytes of a request's and of a response's body (Apex Developer Guide, "Execution Governors and Limits"). */
const synchronousBytes = 6_000_000;
const asynchronousBytes = 12_000_000;

function bodyLimit(run: Run): number {
  return run.limits.ceilings.heapBytes > synchronousBytes ? asynchronousBytes : synchronousBytes;
}

/** The platform's connection turns a GET that has a body into a POST. */
function methodOf(request: HttpRequestValue): string {
  const method = (request.method ?? 'GET').toUpperCase();
  if (!methodNames.has(method)) {
    throw apexError('System.CalloutException', `Invalid HTTP method: ${request.method ?? ''}`);
  }
  return method === 'GET' && request.body.length > 0 ? 'POST' : method;
}

/** `{!$Credential.UserName}` and the like are null: no credential the local org can use has secrets. */
function merged(text: string): string {
  return text.replaceAll(/\{!\s*\$Credential\.[^}]*\}/gi, '');
}

function mergedBody(body: Uint8Array): Uint8Array {
  return new TextEncoder().encode(merged(new TextDecoder().decode(body)));
}

function headersOf(request: HttpRequestValue, added: readonly HeaderLine[], merges: boolean): readonly HeaderLine[] {
  const own = request.headers.lines.map(([name, value]): HeaderLine => [name, merges ? merged(value) : value]);
  const headers = HeaderList.of(own);
  for (const [name, value] of added) headers.set(name, value);
  if (request.compressed) headers.set('Content-Encoding', 'gzip');
  return headers.lines;
}

/**
 * A request as it leaves the org.
 * @throws ApexThrown System.CalloutException where its endpoint may not be called, its method is none or its body is too
 * large
 */
export function calloutRequest(run: Run, request: HttpRequestValue): CalloutRequest {
  const target = resolveEndpoint(run.org, run.userId, request.endpoint ?? 'null');
  const plain = target.mergesBody ? mergedBody(request.body) : request.body;
  const body = request.compressed && plain.length > 0 ? new Uint8Array(gzipSync(plain)) : plain;
  const limit = bodyLimit(run);
  if (body.length > limit) {
    const message = `Exceeded max size limit of ${limit} with request size ${body.length}`;
    throw apexError('System.CalloutException', message);
  }
  return {
    method: methodOf(request),
    url: target.url,
    headers: headersOf(request, target.headers, target.mergesHeaders),
    body,
    timeoutMs: request.timeoutMs,
    maxResponseBytes: limit,
  };
}
