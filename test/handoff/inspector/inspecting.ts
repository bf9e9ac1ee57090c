import type { z } from 'zod';

import { newWebhookToken } from '../../../src/handoff/security/webhook-token.ts';
import type { ServeHandoffOptions } from '../../../src/handoff/serve-handoff.ts';
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
  replay(id: string, wish: object): Promise<{ status: number; body: { id?: string; error?: string } }>;
}

/** A server with its inspector. */
export async function inspect(options: Partial<ServeHandoffOptions> = {}): Promise<Inspecting> {
  const inspectorToken = newWebhookToken();
  const serving = await serve({ inspector: { token: inspectorToken }, ...options });
  const [origin = ''] = serving.origins;
  const ask: Inspecting['ask'] = (path, init = {}) =>
    fetch(origin + path, { ...init, headers: { authorization: `Bearer ${inspectorToken}`, ...init.headers } });
  return {
    ...serving,
    origin,
    inspectorToken,
    ask,
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
