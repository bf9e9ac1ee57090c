import type { LookupFunction } from 'node:net';

import { dispatcherFor } from './proxy.ts';

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** Finds the addresses of a host name; what it throws is what the request fails with. */
export type Resolve = (host: string) => Promise<readonly ResolvedAddress[]>;

export type HeaderList = readonly (readonly [name: string, value: string])[];

export interface ExactRequest {
  readonly method: string;
  readonly headers: HeaderList;
  readonly body: Uint8Array;
  readonly signal: AbortSignal;
}

export interface ExactAnswer {
  readonly status: number;
  /** In order, names as they were written. */
  readonly headers: HeaderList;
  /** As it came over the wire: a content coding is not undone. To be read, or left: then the connection is closed. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** Requests that go out as they are given: header fields in their order and spelling, the body byte for byte. */
export interface ExactClient {
  /** No redirect is followed. @throws what broke it: errors of the network, of `resolve`, or the reason of the signal */
  send(url: URL, request: ExactRequest): Promise<ExactAnswer>;
  /** Ends every connection, those with an answer under way too. */
  close(): Promise<void>;
}

/**
 * Only `Host`, `Connection` and `Content-Length` are written by the client itself. Where a proxy carries the requests
 * (HTTPS_PROXY, HTTP_PROXY), it resolves names itself, and of fields with the same name it gets the last.
 * @param origin that all requests go to
 * @param resolve asked for each new connection to a name (not to an address), which then goes nowhere else
 */
export async function openExactClient(origin: URL, resolve: Resolve): Promise<ExactClient> {
  const { request } = await import('undici');
  const dispatcher = dispatcherFor(origin, { lookup: lookupBy(resolve) });
  return {
    send: async (url, { method, headers, body, signal }) => {
      const answer = await request(url, {
        dispatcher,
        method: method as 'POST',
        headers: headers.flat(),
        body,
        signal,
        responseHeaders: 'raw',
        // The signal is the one time-out.
        headersTimeout: 0,
        bodyTimeout: 0,
      });
      return { status: answer.statusCode, headers: pairs(answer.headers), body: answer.body };
    },
    close: () => dispatcher.destroy(),
  };
}

function lookupBy(resolve: Resolve): LookupFunction {
  return (host, options, callback) => {
    const wanted = Number(options.family ?? 0);
    const answer = async (): Promise<void> => {
      try {
        const found = await resolve(host);
        const fitting = found.filter(({ family }) => wanted === 0 || family === wanted);
        const [first] = fitting;
        if (first === undefined) throw notFound(host);
        if (options.all === true) callback(null, [...fitting]);
        else callback(null, first.address, first.family);
      } catch (error) {
        callback(error as NodeJS.ErrnoException, '', 0);
      }
    };
    void answer();
  };
}

function notFound(host: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`no address of ${host} can be used`), { code: 'ENOTFOUND' });
}

/** With `responseHeaders: 'raw'` undici gives a flat list of names and values, which its types do not say. */
function pairs(raw: unknown): [string, string][] {
  const flat = Array.isArray(raw) ? raw.map(String) : [];
  const list: [string, string][] = [];
  for (let index = 0; index + 1 < flat.length; index += 2) list.push([flat[index] ?? '', flat[index + 1] ?? '']);
  return list;
}
