import type { MiddlewareHandler } from 'hono';

import type { ApexEngine } from '../apex/apex-engine.ts';
import type { LocalOrgEnv } from './route.ts';

/** Requests that save no records, although they are sent like those that do: metadata and logins. */
const noRecords = /^\/services\/(?:oauth2|Soap\/m)\/|^\/services\/data\/[^/]+\/metadata\//;

/**
 * Saves run synchronously, triggers in their midst: so the org's Apex is compiled before a request that may save is looked
 * at. What only reads does not wait for that.
 */
export function apexReady(apex: ApexEngine): MiddlewareHandler<LocalOrgEnv> {
  return async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD' && !noRecords.test(c.req.path)) await apex.ready();
    await next();
  };
}
