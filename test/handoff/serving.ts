import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, onTestFinished } from 'vitest';

import { webhookContract, type WebhookEventName } from '../../src/blueprint/webhook-contract.ts';
import type { ForwardRoute } from '../../src/handoff/delivery/forward-routes.ts';
import { fixtureBody } from '../../src/handoff/fixtures/fixture-body.ts';
import { newWebhookToken } from '../../src/handoff/security/webhook-token.ts';
import type { ServeEvent } from '../../src/handoff/serve-event.ts';
import { serveHandoff } from '../../src/handoff/serve-handoff.ts';
import type { RunningServe, ServeHandoffOptions } from '../../src/handoff/serve-options.ts';
import type { HandoffStore } from '../../src/handoff/store/handoff-store.ts';
import { openSqliteStore } from '../../src/handoff/store/sqlite/open-sqlite-store.ts';

export const contract = webhookContract({ events: {}, keys: {} });

/** A store in a file of its own, which goes with the test. */
export async function openTestStore(): Promise<{ store: HandoffStore; file: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'serve-'));
  const file = join(folder, 'events.sqlite');
  const store = openSqliteStore({ file });
  onTestFinished(async () => {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });
  return { store, file };
}

export interface Serving extends RunningServe {
  readonly store: HandoffStore;
  readonly token: string;
  readonly port: number;
  /** All it told so far. */
  readonly told: readonly ServeEvent[];
  /** Waits until it has told so many events of a type. @returns those */
  heard<T extends ServeEvent['type']>(type: T, count?: number): Promise<Extract<ServeEvent, { type: T }>[]>;
}

/** A running server with a real store; both end with the test. It only forwards, unless another mode is asked for. */
export async function serve(options: Partial<ServeHandoffOptions> = {}): Promise<Serving> {
  const store = options.store ?? (await openTestStore()).store;
  const token = options.token ?? newWebhookToken();
  const told: ServeEvent[] = [];
  const onEvent = (event: ServeEvent): void => {
    told.push(event);
  };
  const running = await serveHandoff({ contract, routes: [], mode: 'forward', ...options, store, token, onEvent });
  onTestFinished(() => running.close());
  return {
    ...running,
    store,
    token,
    port: Number(new URL(running.webhookUrl).port),
    told,
    heard: async (type, count = 1) => {
      const found = (): Extract<ServeEvent, { type: typeof type }>[] =>
        told.filter((event): event is Extract<ServeEvent, { type: typeof type }> => event.type === type);
      await expect.poll(() => found().length, { timeout: 30_000, interval: 5 }).toBeGreaterThanOrEqual(count);
      return found();
    },
  };
}

/** Routes that carry every event to one URL. */
export function everythingTo(...urls: readonly string[]): ForwardRoute[] {
  return urls.map((url) => ({ event: undefined, url: new URL(url) }));
}

/** A body as Apex posts it. */
export function bodyOf(event: WebhookEventName = 'caseCreated', changes: Record<string, unknown> = {}): string {
  const envelope = {
    deliveryId: randomUUID(),
    occurredAt: new Date().toISOString(),
    organizationId: '00D000000000001AAA',
  };
  return JSON.stringify({ ...fixtureBody(contract, event, envelope), ...changes });
}

export interface Posted {
  readonly status: number;
  readonly headers: Headers;
  readonly body: { readonly id?: string; readonly duplicate?: boolean; readonly error?: string };
}

/** Posts as Apex does. */
export async function post(
  url: string,
  body: string | Uint8Array<ArrayBuffer> = bodyOf(),
  headers: Record<string, string> = {},
): Promise<Posted> {
  const type = { 'content-type': 'application/json; charset=UTF-8' };
  const response = await fetch(url, { method: 'POST', body, headers: { ...type, ...headers } });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Posted['body'] };
}
