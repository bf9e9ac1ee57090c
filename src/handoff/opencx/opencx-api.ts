import type { z } from 'zod';

import { sleepUnlessAborted, type Clock } from '../../clock.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import type { WebAnswer, WebClient } from '../../salesforce/web-client.ts';
import { opencxError, unexpectedAnswer, unreached } from './opencx-error.ts';
import type { OpencxHistory, OpencxSession } from './opencx-history.ts';
import { historyOf, sessionOf } from './opencx-history.ts';
import { historyPageSchema, sessionSchema } from './opencx-schemas.ts';

/** Where OpenCX's public API is (its page on authentication). */
export const defaultOpencxUrl = 'https://api.open.cx';

/** OpenCX's public API, as far as it tells of a session that was handed off. Every call may throw what {@link openOpencxApi} says. */
export interface OpencxApi {
  /** @returns undefined if OpenCX has no such session, or the key may not see it */
  session(id: string, signal?: AbortSignal): Promise<OpencxSession | undefined>;
  /** What was said and done in a session, the oldest first. @returns undefined if OpenCX has no such session */
  history(id: string, signal?: AbortSignal): Promise<OpencxHistory | undefined>;
  /**
   * Lets OpenCX look at the conversation of a session in Salesforce now (its page "Salesforce MIAW": `POST
   * /salesforce/miaw/webhook`, scope `salesforce-miaw:write`). That the id is the one of the session in OpenCX, and what a session
   * with a Case makes of it, is UNCONFIRMED.
   */
  sync(id: string, signal?: AbortSignal): Promise<void>;
}

export interface OpencxApiPorts {
  /** Absent: {@link defaultOpencxUrl}. */
  readonly baseUrl?: URL;
  /** `ocx_live_…` */
  readonly apiKey: string;
  /** Opened for the origin of `baseUrl`. */
  readonly client: WebClient;
  readonly clock: Clock;
  /** For a whole answer, in milliseconds. */
  readonly timeoutMs?: number;
}

/** A session has as many pages as this, or it is told that there are more. */
const largestPages = 20;

/**
 * @throws OpencxError of each call: AUTH_FAILED (401), PERMISSION_DENIED (403), ORG_REFUSED (other answers than 2xx) with OpenCX's
 * own words, ORG_UNEXPECTED_ANSWER, NETWORK, INTERRUPTED. The key is in none of them.
 */
export function openOpencxApi(ports: OpencxApiPorts): OpencxApi {
  const base = ports.baseUrl ?? new URL(defaultOpencxUrl);

  async function send(request: Request): Promise<{ status: number; text: string }> {
    const url = new URL(`${base.pathname.replace(/\/$/, '')}${request.path}`, base.origin);
    const ended = new AbortController();
    const late = new AbortController();
    const timeoutMs = ports.timeoutMs ?? 20_000;
    void sleepUnlessAborted(ports.clock, timeoutMs, ended.signal).finally(() => {
      late.abort(new DOMException(`No answer for ${timeoutMs / 1000} s.`, 'TimeoutError'));
    });
    try {
      const answer = await ports.client.fetch(url, {
        method: request.body === undefined ? 'GET' : 'POST',
        headers: {
          accept: 'application/json',
          authorization: `Bearer ${ports.apiKey}`,
          ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        // A redirect would carry the key to a host that nobody named.
        redirect: 'manual',
        signal: AbortSignal.any([late.signal, ...(request.signal === undefined ? [] : [request.signal])]),
        ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      });
      return { status: answer.status, text: await readText(answer) };
    } catch (error) {
      if (request.signal?.aborted === true) {
        throw new OpencxError('INTERRUPTED', { message: `Stopped while ${request.doing}.`, cause: error });
      }
      throw unreached(error, base, request.doing);
    } finally {
      ended.abort();
    }
  }

  /** @returns undefined for 404 */
  async function read<T>(request: Request, schema: z.ZodType<T>): Promise<T | undefined> {
    const { status, text } = await send(request);
    if (status === 404) return undefined;
    if (status < 200 || status > 299)
      throw opencxError({ status, text, doing: request.doing, base, apiKey: ports.apiKey });
    const parsed = schema.safeParse(jsonOf(text));
    if (!parsed.success) throw unexpectedAnswer(parsed.error, request.doing);
    return parsed.data;
  }

  return {
    session: async (id, signal) => {
      const path = `/chat/sessions/${encodeURIComponent(id)}`;
      const session = await read({ path, doing: 'reading a session of OpenCX', signal }, sessionSchema);
      return session === undefined ? undefined : sessionOf(session);
    },
    history: async (id, signal) => {
      const items: z.infer<typeof historyPageSchema>['items'] = [];
      let cursor: string | undefined;
      for (let page = 0; page < largestPages; page++) {
        const query = cursor === undefined ? '' : `?${new URLSearchParams({ cursor }).toString()}`;
        const path = `/chat/sessions/${encodeURIComponent(id)}/history${query}`;
        const answer = await read(
          { path, doing: 'reading the history of a session of OpenCX', signal },
          historyPageSchema,
        );
        if (answer === undefined) return undefined;
        items.push(...answer.items);
        const next = answer.next ?? undefined;
        // A cursor that stays the same would be asked for again and again.
        if (next === undefined || next === cursor) return historyOf(items, false);
        cursor = next;
      }
      return historyOf(items, true);
    },
    sync: async (id, signal) => {
      const path = '/salesforce/miaw/webhook';
      const body = { event: 'message:new', session_id: id };
      const { status, text } = await send({ path, doing: 'asking OpenCX to look at a session', body, signal });
      if (status >= 200 && status <= 299) return;
      throw opencxError({ status, text, doing: 'asking OpenCX to look at a session', base, apiKey: ports.apiKey });
    },
  };
}

interface Request {
  /** With its query. */
  readonly path: string;
  /** As it continues "while …". */
  readonly doing: string;
  /** Absent: it is a GET. */
  readonly body?: unknown;
  readonly signal: AbortSignal | undefined;
}

/** More than a page of a history has. */
const largestAnswer = 8 * 1024 * 1024;

async function readText(answer: WebAnswer): Promise<string> {
  const text: string[] = [];
  let length = 0;
  const decoder = new TextDecoder();
  for await (const chunk of answer.body ?? []) {
    length += chunk.length;
    if (length > largestAnswer) {
      throw new OpencxError('ORG_UNEXPECTED_ANSWER', {
        message: `OpenCX's answer is larger than ${largestAnswer} bytes; it was not read to its end.`,
      });
    }
    text.push(decoder.decode(chunk, { stream: true }));
  }
  return text.join('') + decoder.decode();
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
