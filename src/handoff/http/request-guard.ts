import { isLoopback } from '../../salesforce/auth/org-url.ts';

/** Header fields that proxies and tunnels add. */
const forwardedFields = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'];

/**
 * Whether a request was made on this machine for this machine: it names loopback as its host, and came through no tunnel. A web page
 * elsewhere, whose name was made to point here, names its own host.
 */
export function isForThisMachine(headers: Headers): boolean {
  return namesLoopback(headers) && !isForwarded(headers);
}

/** Whether a request names loopback as its host. */
export function namesLoopback(headers: Headers): boolean {
  const host = URL.parse(`http://${headers.get('host') ?? ''}`);
  return host !== null && isLoopback(host);
}

/** Whether a request came by a proxy or tunnel, which may have changed the host that it names. */
export function isForwarded(headers: Headers): boolean {
  return forwardedFields.some((field) => headers.has(field));
}

/** Whether a web page of another origin asks. What is no browser says nothing of an origin. */
export function isForeign(headers: Headers): boolean {
  const origin = headers.get('origin');
  if (origin !== null && URL.parse(origin)?.host !== URL.parse(`http://${headers.get('host') ?? ''}`)?.host)
    return true;
  const site = headers.get('sec-fetch-site');
  return site !== null && site !== 'same-origin' && site !== 'none';
}

/** The token of a request; empty if it has none. */
export function bearerToken(headers: Headers): string {
  return /^Bearer ([\w-]+)$/.exec(headers.get('authorization') ?? '')?.[1] ?? '';
}
