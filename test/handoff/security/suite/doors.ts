import { newWebhookToken } from '../../../../src/handoff/security/webhook-token.ts';
import type { ServeHandoffOptions } from '../../../../src/handoff/serve-options.ts';
import { newEvent } from '../../store/samples.ts';
import { bodyOf, serve, type Serving } from '../../serving.ts';

/** A way by which something can be written into a running `serve`. */
export interface Door {
  readonly name: 'webhook' | 'api' | 'inspector';
  readonly path: string;
  /** What lets in, beside the path. */
  readonly fields: readonly string[];
  readonly body: string;
}

export interface House extends Serving {
  readonly origin: string;
  readonly doors: readonly Door[];
  /** All that can only be read, with what lets in. */
  readonly windows: readonly { readonly path: string; readonly fields: readonly string[] }[];
  /** What every test ends with: nothing came in, and whoever may come in still does. */
  stillStands(): Promise<{ events: number; status: number }>;
}

/** A server with everything that it has. */
export async function openHouse(options: Partial<ServeHandoffOptions> = {}): Promise<House> {
  const [apiToken, inspectorToken] = [newWebhookToken(), newWebhookToken()];
  const serving = await serve({
    mode: 'everything',
    api: { token: apiToken },
    inspector: { token: inspectorToken },
    ...options,
  });
  const [origin = ''] = serving.origins;
  // What the inspector can write is a replay of something that is there.
  const { event: kept } = await serving.store.accept(newEvent(), []);
  const bearer = (token: string): string => `Authorization: Bearer ${token}`;
  const handoff = {
    sessionId: '0b54e0cf-31e4-4d0e-93cf-0d7d4d4f0001',
    channel: 'email',
    contact: { email: 'ada@example.com' },
  };
  const windowsOf = (token: string, ...paths: string[]): House['windows'] =>
    paths.map((path) => ({ path, fields: [bearer(token)] }));
  return {
    ...serving,
    origin,
    doors: [
      { name: 'webhook', path: new URL(serving.webhookUrl).pathname, fields: [], body: bodyOf() },
      { name: 'api', path: '/v1/handoffs', fields: [bearer(apiToken)], body: JSON.stringify(handoff) },
      { name: 'inspector', path: `/api/events/${kept.id}/replay`, fields: [bearer(inspectorToken)], body: '{}' },
    ],
    windows: [
      ...windowsOf(serving.token, '/metrics', '/healthz', '/readyz', '/'),
      ...windowsOf(apiToken, '/v1/sessions', '/v1/events', '/v1/openapi.json'),
      ...windowsOf(inspectorToken, '/api/status', '/api/events', '/api/rejections', '/api/live'),
    ],
    stillStands: async () => ({
      events: (await serving.store.events({ after: kept.sequence, limit: 10 })).length,
      status: (await fetch(`${origin}/v1/sessions`, { headers: { authorization: `Bearer ${apiToken}` } })).status,
    }),
  };
}

/** The head of a request, with an empty line at its end. */
export function requestHead(method: string, path: string, fields: readonly string[]): string {
  return [`${method} ${path} HTTP/1.1`, ...fields, '', ''].join('\r\n');
}

export const json = 'Content-Type: application/json';
