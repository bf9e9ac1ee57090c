import type { MiddlewareHandler } from 'hono';

import type { LocalOrgEnv } from '../http/route.ts';

const KEPT = 1000;

/** One request as a test may count it. Neither bodies nor tokens are kept; query strings are, without secrets in them. */
export interface LoggedRequest {
  /** The org itself, or its host of Live Messaging. */
  readonly origin: 'org' | 'scrt';
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly status: number;
  /** As it came, where one came. */
  readonly traceparent?: string;
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
export function requestLogging(
  log: RequestLog,
  now: () => Date,
  origin: LoggedRequest['origin'],
): MiddlewareHandler<LocalOrgEnv> {
  return async (c, next) => {
    const url = new URL(c.req.url);
    if (url.pathname.startsWith('/_local/')) return next();
    await next();
    const path = withoutTokens(url.pathname);
    const query = withoutSecrets(url.search);
    const traceparent = c.req.header('traceparent');
    log.add({
      origin,
      method: c.req.method,
      path,
      query,
      status: c.res.status,
      ...(traceparent === undefined ? {} : { traceparent }),
      at: now().toISOString(),
    });
  };
}

const BLANK = 'blanked';

/** Parameters whose value lets somebody in, of OAuth and of the browser's front door; in lower case. */
const SECRET_PARAMETERS: ReadonlySet<string> = new Set([
  'access_token',
  'assertion',
  'client_assertion',
  'client_secret',
  'code',
  'code_verifier',
  'id_token',
  'password',
  'refresh_token',
  'sessionid',
  'sid',
  'token',
]);

/** A query string with its secrets blanked by the names of their parameters; all else stays as it was sent. */
function withoutSecrets(search: string): string {
  const parts = search
    .slice(1)
    .split('&')
    .map((part) => {
      const [name = ''] = part.split('=', 1);
      const [decoded = ''] = new URLSearchParams(name).keys();
      return SECRET_PARAMETERS.has(decoded.toLowerCase()) ? `${name}=${BLANK}` : withoutTokens(part);
    });
  return search === '' ? '' : `?${parts.join('&')}`;
}

/** A session token is known by its form (`00D…!…`, its `!` possibly percent-encoded, again and again) wherever it stands. */
function withoutTokens(text: string): string {
  return text.replaceAll(/00D\w{9,15}(?:!|%(?:25)*21)[\w.%]*/gi, BLANK);
}
