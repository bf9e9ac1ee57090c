import { randomUUID } from 'node:crypto';

import { createParser } from 'eventsource-parser';
import type { EventSourceMessage } from 'eventsource-parser';
import { expect } from 'vitest';

import type { RunningOrg } from '../../../src/local-org/start-local-org.ts';
import { answerOf } from '../core/org-client.ts';
import type { Answer } from '../core/org-client.ts';

export const V2 = '/iamessage/api/v2';

interface ScrtCall {
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** A request to the SCRT2 host of an org. */
export async function scrt(org: RunningOrg, method: string, path: string, call: ScrtCall = {}): Promise<Answer> {
  const { body, headers = {}, token } = call;
  const form = body instanceof FormData;
  const response = await fetch(org.scrtUrl + path, {
    method,
    headers: {
      // No connection outlives its request: stories start orgs anew on the same port.
      connection: 'close',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined || form ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
  });
  return answerOf(response);
}

/** The body of a token request for a guest. */
export function tokenBody(org: RunningOrg, esDeveloperName: string): Record<string, unknown> {
  return {
    orgId: org.organizationId.slice(0, 15),
    esDeveloperName,
    capabilitiesVersion: '1',
    platform: 'Web',
    context: { appName: 'test', clientVersion: '1.0.0' },
  };
}

/** A customer with a token and, once begun, a conversation. */
export interface Customer {
  readonly token: string;
  readonly lastEventId: string;
  readonly subject: string;
  readonly conversationId: string;
  readonly call: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;
  /** Opens the conversation. */
  readonly begin: (routingAttributes?: Record<string, string>) => Promise<Answer>;
  say(text: string, more?: Record<string, unknown>): Promise<Answer>;
  entries(query?: string): Promise<Answer['body'][]>;
  stream(headers?: Record<string, string>): Promise<EventStream>;
}

/** A customer of a token answer. */
export function customerOf(
  org: RunningOrg,
  answer: Answer,
  esDeveloperName: string,
  conversationId = randomUUID(),
): Customer {
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  const { accessToken: token, lastEventId, context } = answer.body;
  // The org may be started anew, on the same port.
  const orgId = org.organizationId.slice(0, 15);
  const call: Customer['call'] = (method, path, body, headers = {}) =>
    scrt(org, method, path, { token, body, headers });
  const conversation = `${V2}/conversation/${conversationId}`;
  return {
    token,
    lastEventId,
    subject: context.endUser.subject,
    conversationId,
    call,
    begin: (routingAttributes = {}) =>
      call('POST', `${V2}/conversation`, { conversationId, esDeveloperName, routingAttributes, language: 'en_US' }),
    say: (text, { id = randomUUID(), ...more } = {}) =>
      call('POST', `${conversation}/message`, {
        message: { id, messageType: 'StaticContentMessage', staticContent: { formatType: 'Text', text } },
        esDeveloperName,
        ...more,
      }),
    entries: async (query = '?direction=FromStart&limit=50') => {
      const { body, status } = await call('GET', `${conversation}/entries${query}`);
      expect(status, JSON.stringify(body)).toBe(200);
      return body.conversationEntries;
    },
    stream: (headers) =>
      openEventStream(`${org.scrtUrl}/eventrouter/v1/sse`, {
        authorization: `Bearer ${token}`,
        'x-org-id': orgId,
        'last-event-id': lastEventId,
        ...headers,
      }),
  };
}

/** An open stream whose events are waited for. */
export interface EventStream {
  readonly status: number;
  /** All that has come. */
  readonly events: readonly EventSourceMessage[];
  /** The next event that is meant, among those that nobody has waited for. */
  next(isMeant: (event: EventSourceMessage) => boolean): Promise<EventSourceMessage>;
  /** Resolves when the server has ended or broken the stream. */
  readonly ended: Promise<void>;
  /** Bytes read so far. */
  bytes(): number;
  close(): void;
}

export async function openEventStream(url: string, headers: Record<string, string>): Promise<EventStream> {
  const abort = new AbortController();
  const response = await fetch(url, { headers, signal: abort.signal });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  const events: EventSourceMessage[] = [];
  let taken = 0;
  let bytes = 0;
  let wake = Promise.withResolvers<void>();
  const parser = createParser({
    onEvent: (event) => {
      events.push(event);
    },
  });
  const read = async (): Promise<void> => {
    const decoder = new TextDecoder();
    try {
      for await (const chunk of response.body ?? []) {
        bytes += chunk.byteLength;
        parser.feed(decoder.decode(chunk, { stream: true }));
        wake.resolve();
        wake = Promise.withResolvers();
      }
    } catch (error) {
      if (!(error instanceof TypeError) && !abort.signal.aborted) throw error;
    }
  };
  return {
    status: response.status,
    events,
    next: async (isMeant) => {
      for (;;) {
        for (let index = taken; index < events.length; index++) {
          const event = events[index];
          if (event === undefined || !isMeant(event)) continue;
          taken = index + 1;
          return event;
        }
        await wake.promise;
      }
    },
    ended: read(),
    bytes: () => bytes,
    close: () => {
      abort.abort();
    },
  };
}

/** The payload of an event: text within text. */
export function payloadOf(event: EventSourceMessage): Answer['body'] {
  const { conversationEntry } = JSON.parse(event.data) as { conversationEntry: { entryPayload: string } };
  return JSON.parse(conversationEntry.entryPayload) as unknown;
}
