import { createHash, randomBytes } from 'node:crypto';

import { systemClock } from '../../../clock.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';
import { interrupted, isAborted, type LoginPorts } from '../login-ports.ts';
import { refusal } from '../oauth-errors.ts';
import { requestToken, type TokenAnswer } from '../oauth-token.ts';
import { checkedLoginUrl } from '../org-url.ts';
import type { OrgSession } from '../org-session.ts';
import { sessionOf } from '../token-session.ts';
import { listenForRedirect, type Redirect, type RedirectListener } from './redirect-listener.ts';
import { withoutSecrets } from '../without-secrets.ts';

export interface WebLogin {
  /** By default https://login.salesforce.com */
  loginUrl?: string;
  /** Consumer key; by default that of the official CLI's app, which every org knows. */
  clientId?: string;
  /** For apps that "Require secret for Web Server Flow". */
  clientSecret?: string;
  /** Loopback port of the callback; 1717 by default, the one of the default app. */
  port?: number;
  /** How long the person has; two minutes by default. */
  timeoutMs?: number;
  /** Is told the address to open, before anything opens it: a browser on another machine is a browser too. */
  onUrl: (url: string) => void;
  /** Opens the address in a browser. When it fails, the login goes on and waits for the person to open it. */
  openUrl?: (url: string) => Promise<void>;
  /** Is told why no browser could be opened. */
  onBrowserFailed?: (reason: Error) => void;
}

/** The app of the official CLI, known to every org; its callback URL is port 1717's, and it has no secret. */
const defaultClientId = 'PlatformCLI';

const defaultPort = 1717;
const scopes = 'api web refresh_token';
const doing = 'logging in by the browser';

/**
 * Logs a person in by their browser: authorization code with PKCE (S256), the code received on 127.0.0.1. The refresh
 * token, if the app grants one, stays in memory.
 * @throws OpencxError AUTH_FAILED for a taken port, a refusal, or nobody finishing in time · INTERRUPTED · and what
 *   {@link requestToken} throws
 */
export async function webLogin(options: WebLogin, ports: LoginPorts = {}): Promise<OrgSession> {
  if (isAborted(ports)) throw interrupted();
  const app: App = {
    loginUrl: checkedLoginUrl(options.loginUrl ?? 'https://login.salesforce.com', 'The login URL'),
    clientId: options.clientId?.trim() ?? defaultClientId,
    ...(options.clientSecret === undefined ? {} : { clientSecret: options.clientSecret.trim() }),
  };
  const state = randomBytes(24).toString('base64url');
  const verifier = randomBytes(48).toString('base64url');
  const listener = await listenForRedirect(options.port ?? defaultPort, state);
  try {
    const url = authorizeUrl(app, listener.redirectUri, state, verifier);
    options.onUrl(url);
    openBrowser(options, url);
    const redirect = await waitForRedirect(listener, options.timeoutMs ?? 120_000, ports);
    return await finish(app, redirect, listener, verifier, ports);
  } finally {
    await listener.close();
  }
}

interface App {
  loginUrl: string;
  clientId: string;
  clientSecret?: string;
}

function authorizeUrl(app: App, redirectUri: string, state: string, verifier: string): string {
  const url = new URL(`${app.loginUrl}/services/oauth2/authorize`);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: app.clientId,
    redirect_uri: redirectUri,
    scope: scopes,
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    // Without it a browser that is logged in already would silently choose the user.
    prompt: 'login',
  }).toString();
  return url.href;
}

function openBrowser({ openUrl, onBrowserFailed }: WebLogin, url: string): void {
  if (openUrl === undefined) return;
  void (async () => {
    try {
      await openUrl(url);
    } catch (error) {
      onBrowserFailed?.(error instanceof Error ? error : new Error(String(error)));
    }
  })();
}

async function waitForRedirect(listener: RedirectListener, timeoutMs: number, ports: LoginPorts): Promise<Redirect> {
  const done = new AbortController();
  const signal = ports.signal === undefined ? done.signal : AbortSignal.any([ports.signal, done.signal]);
  const tooLate = async (): Promise<never> => {
    try {
      await (ports.clock ?? systemClock).sleep(timeoutMs, signal);
    } catch (error) {
      throw isAborted(ports) ? interrupted() : error;
    }
    throw new OpencxError('AUTH_FAILED', {
      message: `Nobody finished the login in the browser within ${timeoutMs / 1000} s.`,
      nextSteps: [
        'Start it again and open the address it shows.',
        'When Salesforce showed an error page instead of coming back, the app is not installed in the org or its callback URL differs; without a browser use a JWT or client credentials.',
      ],
    });
  };
  try {
    return await Promise.race([listener.redirect, tooLate()]);
  } finally {
    done.abort();
  }
}

/** Exchanges the code before the browser is answered, so that its page tells the truth. */
async function finish(
  app: App,
  redirect: Redirect,
  listener: RedirectListener,
  verifier: string,
  ports: LoginPorts,
): Promise<OrgSession> {
  try {
    if ('error' in redirect) {
      const { error, description } = redirect;
      throw refusal(doing, new URL(app.loginUrl).origin, undefined, withoutSecrets(error), withoutSecrets(description));
    }
    const form = { grant_type: 'authorization_code', code: redirect.code, code_verifier: verifier };
    const answer = await askToken(app, { ...form, redirect_uri: listener.redirectUri }, false, ports);
    await listener.answer({
      status: 200,
      title: 'You are logged in',
      text: 'opencx-sf has its session. You can close this window and go back to the terminal.',
    });
    return webSession(app, answer, ports);
  } catch (error) {
    await listener.answer({
      status: 502,
      title: 'The login failed',
      text: error instanceof OpencxError ? error.message : 'See the terminal for the reason.',
    });
    throw error;
  }
}

async function askToken(
  app: App,
  form: Record<string, string>,
  repeatable: boolean,
  ports: LoginPorts,
): Promise<TokenAnswer> {
  const secret = app.clientSecret === undefined ? {} : { client_secret: app.clientSecret };
  const fullForm = { ...form, client_id: app.clientId, ...secret };
  return requestToken({ loginUrl: app.loginUrl, form: fullForm, doing, repeatable }, ports);
}

/**
 * A session that refreshes itself as long as the app granted a refresh token. Where refresh tokens rotate, each answer
 * brings the next one, and the last is dead: whoever refreshes, now or later, uses the newest.
 */
function webSession(app: App, answer: TokenAnswer, ports: LoginPorts): OrgSession {
  if (answer.refreshToken === undefined) return sessionOf(answer, { source: 'web' });
  let newest = answer.refreshToken;
  const refresh = async (): Promise<OrgSession> => {
    const next = await askToken(app, { grant_type: 'refresh_token', refresh_token: newest }, true, ports);
    newest = next.refreshToken ?? newest;
    return sessionOf(next, { source: 'web', refresh });
  };
  return sessionOf(answer, { source: 'web', refresh });
}
