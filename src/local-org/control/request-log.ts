import type { MiddlewareHandler } from 'hono';

import type { LocalOrgEnv } from '../http/route.ts';

const KEPT = 1000;

/** One request as a test may count it. Neither bodies nor tokens are kept; query strings are, without secrets in them. */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly status: number;
  readonly at: string;
}

export interface RequestLog {
  add(entry: LoggedRequest): void;
  list(): LoggedRequest[];
  clear(): void;
}

/** The last requests, oldest first. */
export function openRequestLog(): RequestLog {
  let entries: LoggedRequest[] = [];
  return {
    add(entry) {
      entries.push(entry);
      if (entries.length > KEPT * 2) entries = entries.slice(-KEPT);
    },
    list: () => entries.slice(-KEPT),
    clear() {
      entries = [];
    },
  };
}

/** Notes each request outside the control API once it is answered. */
export function requestLogging(log: RequestLog, now: () => Date): MiddlewareHandler<LocalOrgEnv> {
  return async (c, next) => {
    const url = new URL(c.req.url);
    if (url.pathname.startsWith('/_local/')) return next();
    await next();
    const query = url.pathname.startsWith('/services/oauth2/') ? '' : url.search;
    log.add({ method: c.req.method, path: url.pathname, query, status: c.res.status, at: now().toISOString() });
  };
}
