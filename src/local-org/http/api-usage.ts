import type { MiddlewareHandler } from 'hono';

import type { LocalOrgEnv } from './route.ts';

/** Requests a Developer Edition may make a day. The local org counts them and does not refuse more. */
export const DAILY_API_REQUESTS = 15_000;

/** Counts API requests of the current UTC day. Held in memory: a restart begins anew. */
export interface ApiUsage {
  count(): void;
  today(): number;
}

export function openApiUsage(now: () => Date): ApiUsage {
  let day = '';
  let used = 0;
  const roll = (): void => {
    const today = now().toISOString().slice(0, 10);
    if (today !== day) used = 0;
    day = today;
  };
  return {
    count() {
      roll();
      used += 1;
    },
    today() {
      roll();
      return used;
    },
  };
}

/** Counts each API request and tells the count in `Sforce-Limit-Info`, as every REST answer of Salesforce does. */
export function limitInfo(usage: ApiUsage): MiddlewareHandler<LocalOrgEnv> {
  return async (c, next) => {
    usage.count();
    await next();
    c.header('Sforce-Limit-Info', `api-usage=${usage.today()}/${DAILY_API_REQUESTS}`);
  };
}
