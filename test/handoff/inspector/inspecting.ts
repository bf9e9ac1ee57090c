import { expect } from 'vitest';
import type { z } from 'zod';

import { isOwnPlace } from '../../../src/handoff/export/own-place.ts';
import { newWebhookToken } from '../../../src/handoff/security/webhook-token.ts';
import type { ServeHandoffOptions } from '../../../src/handoff/serve-options.ts';
import { serve, type Serving } from '../serving.ts';

interface Asked extends Omit<RequestInit, 'headers'> {
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Inspecting extends Serving {
  readonly origin: string;
  readonly inspectorToken: string;
  /** Asks the data API as the page does. */
  ask(path: string, init?: Asked): Promise<Response>;
  /** Asks for JSON and checks it. */
  read<T extends z.ZodType>(path: string, schema: T): Promise<z.output<T>>;
  /** Waits until so many deliveries have arrived at far sides. */
  arrived(count: number): Promise<void>;
  replay(id: string, wish: object): Promise<{ status: number; body: { id?: string; error?: string } }>;
}

/** A server with its inspector. */
export async function inspect(options: Partial<ServeHandoffOptions> = {}): Promise<Inspecting> {
  const inspectorToken = options.inspector?.token ?? newWebhookToken();
  const serving = await serve({ mode: 'everything', inspector: { token: inspectorToken }, ...options });
  const [origin = ''] = serving.origins;
  const ask: Inspecting['ask'] = (path, init = {}) =>
    fetch(origin + path, { ...init, headers: { authorization: `Bearer ${inspectorToken}`, ...init.headers } });
  return {
    ...serving,
    origin,
    inspectorToken,
    ask,
    arrived: async (count) => {
      const found = () =>
        serving.told.filter((event) => event.type === 'delivered' && !isOwnPlace(event.target)).length;
      await expect.poll(found, { timeout: 10_000, interval: 5 }).toBeGreaterThanOrEqual(count);
    },
    read: async (path, schema) => schema.parse(await (await ask(path)).json()),
    replay: async (id, wish) => {
      const answer = await ask(`/api/events/${id}/replay`, {
        method: 'POST',
        body: JSON.stringify(wish),
        headers: { 'content-type': 'application/json' },
      });
      return { status: answer.status, body: (await answer.json()) as { id?: string; error?: string } };
    },
  };
}
