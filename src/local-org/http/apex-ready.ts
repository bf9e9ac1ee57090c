import type { MiddlewareHandler } from 'hono';

import type { ApexEngine } from '../apex/apex-engine.ts';
import type { LocalOrgEnv } from './route.ts';

/** Saves run synchronously, triggers in their midst: so the org's Apex is compiled before a request is looked at. */
export function apexReady(apex: ApexEngine): MiddlewareHandler<LocalOrgEnv> {
  return async (_c, next) => {
    await apex.ready();
    await next();
  };
}
