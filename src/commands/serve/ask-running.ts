import { once } from 'node:events';
import { request as requestPlain, type IncomingMessage } from 'node:http';
import { request as requestTls, type RequestOptions } from 'node:https';
import { text } from 'node:stream/consumers';

export interface RunningAnswer {
  readonly status: number;
  readonly text: string;
}

export interface RunningRequest {
  readonly method: 'GET' | 'POST';
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

/**
 * Asks a `serve` on this machine.
 * @param certificate its own (PEM), if it serves https: for it alone, and whatever names are in it, as it is asked by its address
 * @throws Error of the connection, or of the signal
 */
export async function askRunning(
  url: string,
  certificate: string | undefined,
  { method, headers = {}, body = '', signal }: RunningRequest,
): Promise<RunningAnswer> {
  const common = { method, headers: { ...headers, 'content-length': Buffer.byteLength(body) }, signal };
  const trust: RequestOptions = { ca: certificate, allowPartialTrustChain: true, checkServerIdentity: () => undefined };
  const sent =
    new URL(url).protocol === 'https:' ? requestTls(url, { ...common, ...trust }) : requestPlain(url, common);
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: response.statusCode ?? 0, text: await text(response) };
}
