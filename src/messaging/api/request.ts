import type { z } from 'zod';

import { sleepUnlessAborted, type Clock } from '../../clock.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import { toOpencxError } from '../../salesforce/org-errors.ts';
import type { WebAnswer } from '../../salesforce/web-client.ts';
import { apiError } from './api-error.ts';
import type { Bearer, MessagingApiPorts } from './messaging-api.ts';

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** With its query. */
  readonly path: string;
  /** As it continues "while …". */
  readonly doing: string;
  readonly bearer?: Bearer;
  readonly json?: unknown;
  /** In the place of `json`. */
  readonly body?: { readonly bytes: Uint8Array; readonly contentType: string };
  readonly headers?: Readonly<Record<string, string>>;
  /** What of the body is secret. */
  readonly secrets?: readonly string[];
  readonly nextSteps?: readonly string[];
  /** In the place of `nextSteps` where the answer is 401. Default: of the access token. */
  readonly unauthorizedSteps?: readonly string[];
  readonly signal?: AbortSignal | undefined;
  /** False for an answer that goes on: it is ended by its reader. Default true. */
  readonly timed?: boolean;
}

const accessTokenSteps = ['The access token has ended, was revoked, or is of another org: get a new one.'];

/** An answer of 2xx. */
export type Reply = Pick<WebAnswer, 'status' | 'headers' | 'body' | 'text'>;

/**
 * @param scrtUrl origin that every request goes to; tokens go to no other host
 * @returns what sends one request @throws OpencxError as MessagingApi says
 */
export function requester(scrtUrl: string, ports: MessagingApiPorts): (request: ApiRequest) => Promise<Reply> {
  const origin = new URL(scrtUrl);
  return async (request) => {
    const secrets = [...(request.secrets ?? []), ...(request.bearer === undefined ? [] : [request.bearer()])];
    const time = request.timed === false ? undefined : startTimer(ports.clock, ports.requestTimeoutMs ?? 30_000);
    try {
      const response = await ports.web.fetch(new URL(request.path, origin), {
        method: request.method,
        headers: headersOf(request),
        // A redirect would carry the token to a host that nobody named.
        redirect: 'manual',
        signal: anyOf([request.signal, time?.isUp]),
        ...bodyOf(request),
      });
      // A portal or proxy answers anything with its page and 200; nothing was sent or read then.
      const page = /^text\/html/i.test(response.headers.get('content-type') ?? '');
      if (response.ok && !page) return time === undefined ? response : await whole(response);
      throw apiError(
        {
          status: response.status,
          body: (await response.text()).slice(0, 20_000),
          retryAfter: response.headers.get('retry-after'),
          doing: request.doing,
          host: origin.host,
          secrets,
          nextSteps: stepsFor(request, response.status),
        },
        ports.clock.now(),
      );
    } catch (error) {
      throw failureOf(error, request);
    } finally {
      time?.stop();
    }
  };
}

function stepsFor({ nextSteps = [], unauthorizedSteps = accessTokenSteps }: ApiRequest, status: number) {
  return status === 401 ? unauthorizedSteps : nextSteps;
}

/** The answer with its body, which is to come within the time of the request too. */
async function whole(response: WebAnswer): Promise<Reply> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: null, text: () => Promise.resolve(text) };
}

/** A signal that aborts after `ms` milliseconds of the clock, unless it is stopped before. */
function startTimer(clock: Clock, ms: number): { readonly isUp: AbortSignal; readonly stop: () => void } {
  const [up, stopped] = [new AbortController(), new AbortController()];
  const wait = async (): Promise<void> => {
    await sleepUnlessAborted(clock, ms, stopped.signal);
    if (!stopped.signal.aborted) up.abort(new DOMException(`No answer for ${ms / 1000} s.`, 'TimeoutError'));
  };
  void wait();
  return { isUp: up.signal, stop: () => stopped.abort() };
}

function anyOf(signals: readonly (AbortSignal | undefined)[]): AbortSignal | null {
  const given = signals.filter((signal) => signal !== undefined);
  return given.length === 0 ? null : AbortSignal.any(given);
}

/**
 * Reads an answer as what it has to be.
 * @throws OpencxError ORG_UNEXPECTED_ANSWER that names the members which do not fit, never their values
 */
export async function answerOf<T>(reply: Reply, schema: z.ZodType<T>, request: ApiRequest): Promise<T> {
  const read = schema.safeParse(jsonOf(await reply.text()));
  if (read.success) return read.data;
  const members = read.error.issues.map(({ path, message }) => `${path.join('.') || 'the answer'}: ${message}`);
  throw new OpencxError('ORG_UNEXPECTED_ANSWER', {
    message: `The answer while ${request.doing} is not what the Enhanced Chat API answers: ${members.slice(0, 3).join('; ')}`,
    nextSteps: ['Check that the URL is the one of the code snippet of the deployment, and any proxy in between.'],
  });
}

function headersOf(request: ApiRequest): Record<string, string> {
  const type = request.body?.contentType ?? (request.json === undefined ? undefined : 'application/json');
  return {
    accept: 'application/json',
    ...(type === undefined ? {} : { 'content-type': type }),
    ...(request.bearer === undefined ? {} : { authorization: `Bearer ${request.bearer()}` }),
    ...request.headers,
  };
}

function bodyOf(request: ApiRequest): { body?: Uint8Array | string } {
  if (request.body !== undefined) return { body: request.body.bytes };
  return request.json === undefined ? {} : { body: JSON.stringify(request.json) };
}

function failureOf(error: unknown, request: ApiRequest): OpencxError {
  if (request.signal?.aborted === true) {
    return new OpencxError('INTERRUPTED', { message: `Stopped while ${request.doing}.`, cause: error });
  }
  return toOpencxError(error, request.doing);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
