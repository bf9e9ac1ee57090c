import { request as httpRequest } from 'node:http';
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

import type { OrgState } from '../../../state/org-state.ts';
import { failureText } from './callout-failure.ts';
import type { CalloutRequest, CalloutResult, HeaderLine } from './callouts.ts';

const unzip = promisify(gunzip);

class TooLarge extends Error {}

/** The platform's User-Agent names the version of its API, e.g. `SFDC-Callout/68.0`. */
function outgoingHeaders(org: OrgState, request: CalloutRequest): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = { 'User-Agent': `SFDC-Callout/${org.settings.apiVersion}` };
  const defaults = new Map(Object.keys(headers).map((name) => [name.toLowerCase(), name]));
  for (const [name, value] of request.headers) {
    const key = name.toLowerCase();
    // The length is counted, not believed.
    if (key === 'content-length' || key === 'transfer-encoding') continue;
    headers[defaults.get(key) ?? name] = value;
  }
  if (request.body.length > 0) headers['Content-Length'] = request.body.length;
  return headers;
}

function incomingHeaders(message: IncomingMessage): HeaderLine[] {
  const lines: HeaderLine[] = [];
  for (let index = 0; index + 1 < message.rawHeaders.length; index += 2) {
    lines.push([message.rawHeaders[index] ?? '', message.rawHeaders[index + 1] ?? '']);
  }
  return lines;
}

function tooLarge(limit: number, size: number): TooLarge {
  return new TooLarge(`Exceeded max size limit of ${limit} with response size ${size}`);
}

async function readBody(message: IncomingMessage, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > limit) throw tooLarge(limit, size);
    chunks.push(chunk);
  }
  const body = new Uint8Array(Buffer.concat(chunks));
  const isZipped = message.headers['content-encoding']?.toLowerCase() === 'gzip' && body.length > 0;
  if (!isZipped) return body;
  const plain = new Uint8Array(await unzip(body));
  if (plain.length > limit) throw tooLarge(limit, plain.length);
  return plain;
}

/** Sends and waits for the answer's head. Redirects are answers like any other. */
function exchange(org: OrgState, request: CalloutRequest, signal: AbortSignal): Promise<IncomingMessage> {
  const url = new URL(request.url);
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const outgoing = send(url, {
      method: request.method,
      headers: outgoingHeaders(org, request),
      signal,
      agent: false,
    });
    outgoing.once('response', resolve);
    outgoing.once('error', reject);
    outgoing.end(request.body.length > 0 ? request.body : undefined);
  });
}

/**
 * Performs a callout over the network. What goes wrong there is a result: Apex gets it as a System.CalloutException.
 * @param abort gives the callout up
 * @throws the signal's reason where it was given up
 */
export async function sendCallout(org: OrgState, request: CalloutRequest, abort?: AbortSignal): Promise<CalloutResult> {
  const timeout = AbortSignal.timeout(request.timeoutMs);
  const signal = abort === undefined ? timeout : AbortSignal.any([timeout, abort]);
  try {
    const message = await exchange(org, request, signal);
    return {
      statusCode: message.statusCode ?? 0,
      status: message.statusMessage ?? '',
      headers: incomingHeaders(message),
      body: await readBody(message, request.maxResponseBytes),
    };
  } catch (error) {
    if (abort?.aborted === true) throw abort.reason;
    if (timeout.aborted) return { failure: 'Read timed out' };
    if (!(error instanceof Error)) throw error;
    return { failure: failureText(error, new URL(request.url).hostname) };
  }
}
