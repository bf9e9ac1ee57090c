import type { MiddlewareHandler } from 'hono';

import { RestError } from '../http/rest-error.ts';
import type { LocalOrgEnv } from '../http/route.ts';

/** The header a control request must carry, with any value. */
export const CONTROL_HEADER = 'x-local-org-control';

const LOOPBACK_HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Refuses requests addressed to another name than this machine's own. A web page that has its name rebound to 127.0.0.1
 * (DNS rebinding) still sends its own name here.
 */
export const loopbackHostOnly: MiddlewareHandler<LocalOrgEnv> = async (c, next) => {
  const host = (c.req.header('host') ?? '').replace(/:\d+$/, '').toLowerCase();
  if (!LOOPBACK_HOSTS.has(host)) {
    throw new RestError(403, 'FORBIDDEN', 'The local org answers only to 127.0.0.1 and localhost.');
  }
  await next();
};

/**
 * Asks control requests for a header of their own: a web page can send none to another origin without the browser asking
 * first (CORS preflight), and the local org never says yes.
 */
export const controlHeaderRequired: MiddlewareHandler<LocalOrgEnv> = async (c, next) => {
  if (c.req.header(CONTROL_HEADER) === undefined) {
    throw new RestError(403, 'FORBIDDEN', 'Control requests need the header X-Local-Org-Control.');
  }
  await next();
};
