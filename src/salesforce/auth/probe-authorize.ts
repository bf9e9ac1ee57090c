import { toOpencxError } from '../org-errors.ts';
import { interrupted, isAborted, type LoginPorts } from './login-ports.ts';

/** What the authorize endpoint makes of a client: it knows it, does not (yet), or does not know the callback of it. */
export type AuthorizeProbe =
  | { kind: 'known' }
  | { kind: 'unknown-client' }
  | { kind: 'redirect-uri-mismatch' }
  /** It did not say: no answer, an error of its own, another host. */
  | { kind: 'unclear'; why: string };

const path = '/services/oauth2/authorize';
const longestPage = 100_000;

/**
 * Asks the authorize endpoint as a browser would, without following it to the login page; nobody is logged in. What is wrong
 * with a client is told by a page of its own or a redirect to one, everything else comes after the client was found.
 * @param loginUrl without a trailing slash; the My Domain URL is always right
 * @param client its consumer key and a callback URL of it
 * @see https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_flow_errors.htm
 * @throws OpencxError INTERRUPTED
 */
export async function probeAuthorize(
  loginUrl: string,
  client: { key: string; callbackUrl: string },
  ports: LoginPorts = {},
): Promise<AuthorizeProbe> {
  const { fetch } = await import('undici');
  const { dispatcherFor } = await import('../proxy.ts');
  const url = new URL(`${loginUrl}${path}`);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: client.key,
    redirect_uri: client.callbackUrl,
  }).toString();
  const own = ports.dispatcher === undefined;
  const dispatcher = ports.dispatcher ?? dispatcherFor(url);
  const timeout = AbortSignal.timeout(ports.requestTimeoutMs ?? 30_000);
  try {
    const answer = await fetch(url, {
      redirect: 'manual',
      dispatcher,
      signal: ports.signal === undefined ? timeout : AbortSignal.any([ports.signal, timeout]),
    });
    const page = (await answer.text()).slice(0, longestPage);
    return readProbe(url, answer.status, answer.headers.get('location') ?? '', page);
  } catch (error) {
    if (isAborted(ports)) throw interrupted();
    return { kind: 'unclear', why: toOpencxError(error, `asking ${url.origin} for the app`).message };
  } finally {
    if (own) await dispatcher.destroy();
  }
}

function readProbe(asked: URL, status: number, location: string, page: string): AuthorizeProbe {
  // Blanks of an address come as plus signs or percent-encoded.
  const said = `${location.replaceAll(/\+|%20/g, ' ')}\n${page}`;
  if (/invalid_client_id|client identifier invalid/i.test(said)) return { kind: 'unknown-client' };
  if (/redirect_uri_mismatch|redirect_uri must match/i.test(said)) return { kind: 'redirect-uri-mismatch' };
  const target = URL.parse(location, asked.href);
  if (target !== null && location !== '' && target.pathname === path) {
    return { kind: 'unclear', why: `${asked.origin} sends logins to ${target.origin}.` };
  }
  if (status < 400) return { kind: 'known' };
  return { kind: 'unclear', why: `${asked.origin} answered HTTP ${status}.` };
}
