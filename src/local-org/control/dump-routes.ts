import type { RouteRegistrant } from '../http/route.ts';

/** `GET /_local/dump`: all that an org holds. To be registered behind the guard of the control API. */
export const registerDumpRoutes: RouteRegistrant = (app, org) => {
  app.get('/_local/dump', async (c) => {
    // Tests alone ask for it: the rest of the control API does not wait for what it reads.
    const { orgDump } = await import('./dump/org-dump.ts');
    return c.json(orgDump(org) as Record<string, unknown>);
  });
};
