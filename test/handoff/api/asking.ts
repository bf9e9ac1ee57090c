import { randomUUID } from 'node:crypto';

import { onTestFinished } from 'vitest';

import { systemClock } from '../../../src/clock.ts';
import type { ApiPorts } from '../../../src/handoff/api/api-ports.ts';
import { buildApi } from '../../../src/handoff/api/build-api.ts';
import { buildApp } from '../../../src/handoff/http/app.ts';
import { defaultHttpLimits } from '../../../src/handoff/http/http-limits.ts';
import { listen } from '../../../src/handoff/http/listen.ts';
import { rateGate } from '../../../src/handoff/http/rate-limit.ts';
import { guardUrl } from '../../../src/handoff/security/target-guard.ts';
import { newWebhookToken } from '../../../src/handoff/security/webhook-token.ts';
import type { ServeEvent } from '../../../src/handoff/serve-event.ts';
import { changeBy } from '../../../src/handoff/session/session-change.ts';
import type { Happening } from '../../../src/handoff/session/happening.ts';
import { watchStore } from '../../../src/handoff/store-health.ts';
import type { HandoffStore } from '../../../src/handoff/store/handoff-store.ts';
import { openTestStore } from '../serving.ts';

interface Asked extends Omit<RequestInit, 'headers' | 'body'> {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, unless it is bytes. */
  readonly body?: unknown;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

export interface Asking {
  readonly origin: string;
  readonly port: number;
  readonly token: string;
  readonly store: HandoffStore;
  readonly told: readonly ServeEvent[];
  /** Asks with the token. */
  ask(path: string, init?: Asked): Promise<Response>;
  /** Asks for JSON. */
  read(path: string, init?: Asked): Promise<Answered>;
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Answered>;
  /** What a carrier would write down of a session. */
  happens(sessionId: string, happening: Happening): Promise<void>;
  /** Ends event streams, then the server. */
  close(): Promise<void>;
}

/** The API over HTTP, on a store in a file of its own; both end with the test. */
export async function openApi(wanted: Partial<ApiPorts> = {}): Promise<Asking> {
  const store = wanted.store ?? (await openTestStore()).store;
  const token = newWebhookToken();
  const told: ServeEvent[] = [];
  const wakes = new Set<() => void>();
  const ended = new AbortController();
  const clock = wanted.clock ?? systemClock;
  const limits = wanted.limits ?? defaultHttpLimits;
  const listener = (event: ServeEvent): void => {
    told.push(event);
    for (const wake of wakes) wake();
  };
  const misses = wanted.misses ?? rateGate(limits.misses, clock);
  const api = buildApi({
    store,
    health: watchStore(clock, listener),
    clock,
    listener,
    token,
    onLoopback: true,
    limits,
    misses,
    isReadOnly: false,
    route: (channel) =>
      channel === 'email'
        ? { kind: 'case', target: 'https://acme.my.salesforce.com/' }
        : { kind: 'conversation', target: 'https://acme.my.salesforce-scrt.com/' },
    callbackUrl: undefined,
    checkCallback: (url) => guardUrl(url, false),
    onDeliverable: () => undefined,
    news: (wake) => {
      wakes.add(wake);
      return () => wakes.delete(wake);
    },
    signal: ended.signal,
    ...wanted,
  });
  const app = buildApp({
    token: newWebhookToken(),
    onLoopback: true,
    limits,
    misses,
    clock,
    listener,
    takeWebhook: () => Promise.reject(new Error('no webhook is sent here')),
    unready: () => Promise.resolve(undefined),
    metricsText: () => Promise.resolve(''),
    inspector: undefined,
    api,
  });
  const http = await listen({ host: '127.0.0.1', port: 0, tls: undefined, limits, fetch: app.fetch });
  const [origin = ''] = http.origins;

  const ask: Asking['ask'] = (path, { headers, body, ...init } = {}) =>
    fetch(origin + path, {
      ...init,
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(body === undefined
        ? {}
        : { body: body instanceof Uint8Array ? Uint8Array.from(body) : JSON.stringify(body) }),
    });
  const read: Asking['read'] = async (path, init = {}) => {
    const answer = await ask(path, { ...init, headers: { accept: 'application/json', ...init.headers } });
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Answered['body'] };
  };
  const close = async (): Promise<void> => {
    ended.abort();
    await http.close(clock, 2000);
  };
  onTestFinished(close);
  return {
    origin,
    port: Number(new URL(origin).port),
    token,
    store,
    told,
    ask,
    read,
    post: (path, body, headers) =>
      read(path, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } }),
    happens: async (sessionId, happening) => {
      const facts = { at: clock.now(), cause: randomUUID(), callbackUrl: undefined };
      await store.changeSession(changeBy(sessionId, happening, facts));
      for (const wake of wakes) wake();
    },
    close,
  };
}

export interface Handoff {
  readonly sessionId: string;
  readonly [key: string]: unknown;
}

/** A handoff by mail, of a session of its own. */
export function mailHandoff(changes: Record<string, unknown> = {}): Handoff {
  return {
    sessionId: randomUUID(),
    channel: 'email',
    contact: { name: 'Ada', email: 'ada@example.com' },
    subject: 'Broken lamp',
    summary: 'The lamp arrived broken.',
    transcript: [{ role: 'contact', text: 'My lamp is broken.' }],
    ...changes,
  };
}

export function chatHandoff(changes: Record<string, unknown> = {}): Handoff {
  return mailHandoff({ channel: 'web', ...changes });
}
