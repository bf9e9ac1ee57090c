import type { Dispatcher } from 'undici';

import { systemClock } from '../../clock.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import { toOpencxError } from '../org-errors.ts';
import { interrupted, isAborted, type LoginPorts } from './login-ports.ts';
import { refusal } from './oauth-errors.ts';
import { checkedInstanceUrl } from './org-url.ts';
import { withoutSecrets } from './without-secrets.ts';

export interface TokenRequest {
  /** Where to log in, without a trailing slash; `/services/oauth2/token` is added. */
  loginUrl: string;
  /** The form to post. All values but those of `grant_type`, `client_id`, `redirect_uri` and `scope` are held secret. */
  form: Readonly<Record<string, string>>;
  /** As it continues "while …", e.g. `logging in by JWT bearer`. */
  doing: string;
  /** Whether the same form may be posted again after a transient failure; an authorization code works only once. */
  repeatable: boolean;
}

export interface TokenAnswer {
  accessToken: string;
  /** Checked as any instance URL is: https, or a loopback host. */
  instanceUrl: string;
  refreshToken?: string;
  /** `https://…/id/<org id>/<user id>`. */
  identityUrl?: string;
}

const attempts = 3;
const openFields = new Set(['grant_type', 'client_id', 'redirect_uri', 'scope']);

/**
 * Asks the token endpoint for an access token; the one place where credentials leave the machine.
 * @throws OpencxError AUTH_FAILED with Salesforce's own error and what to change · NETWORK when nothing answered ·
 *   ORG_UNEXPECTED_ANSWER when something else than a token endpoint did · INTERRUPTED when the signal aborts.
 *   None of them holds a value of the form.
 */
export async function requestToken(request: TokenRequest, ports: LoginPorts = {}): Promise<TokenAnswer> {
  const clock = ports.clock ?? systemClock;
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await postForm(request, ports);
    if ('answer' in outcome) return outcome.answer;
    if (!outcome.transient || !request.repeatable || attempt >= attempts) throw outcome.error;
    try {
      await clock.sleep(500 * 2 ** (attempt - 1) * (0.5 + clock.random()), ports.signal);
    } catch (error) {
      throw isAborted(ports) ? interrupted() : error;
    }
  }
}

type Outcome = { answer: TokenAnswer } | { error: OpencxError; transient: boolean };

async function postForm(request: TokenRequest, ports: LoginPorts): Promise<Outcome> {
  const { fetch } = await import('undici');
  const { dispatcherFor } = await import('../proxy.ts');
  const url = new URL(`${request.loginUrl}/services/oauth2/token`);
  const own = ports.dispatcher === undefined;
  const dispatcher: Dispatcher = ports.dispatcher ?? dispatcherFor(url);
  const timeout = AbortSignal.timeout(ports.requestTimeoutMs ?? 30_000);
  let response: Received;
  try {
    const received = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams(request.form).toString(),
      // A redirect would carry the credentials to a host that nobody named.
      redirect: 'manual',
      dispatcher,
      signal: ports.signal === undefined ? timeout : AbortSignal.any([ports.signal, timeout]),
    });
    response = {
      status: received.status,
      location: received.headers.get('location'),
      body: await received.text(),
    };
  } catch (error) {
    if (isAborted(ports)) throw interrupted();
    return { error: toOpencxError(error, `${request.doing} at ${url.origin}`), transient: true };
  } finally {
    if (own) await dispatcher.destroy();
  }
  return readAnswer(request, response);
}

interface Received {
  status: number;
  location: string | null;
  body: string;
}

function readAnswer(request: TokenRequest, { status, location, body }: Received): Outcome {
  const host = new URL(request.loginUrl).origin;
  const clean = (text: string, limit?: number): string => withoutSecrets(text, secretsOf(request), limit);
  const transient = status >= 500 || status === 420 || status === 429;
  const json = parsedObject(body);
  if (json !== undefined && typeof json['error'] === 'string') {
    const description = typeof json['error_description'] === 'string' ? json['error_description'] : '';
    return {
      error: refusal(request.doing, host, status, clean(json['error']), clean(description)),
      transient: transient || /^(?:unknown_error|server_error|temporarily_unavailable)$/.test(json['error']),
    };
  }
  if (status === 200 && json !== undefined) {
    const answer = tokenAnswer(json);
    if (answer !== undefined) return { answer };
  }
  return { error: unexpected(request.doing, host, status, location, clean(body, 20_000)), transient };
}

function tokenAnswer(json: Record<string, unknown>): TokenAnswer | undefined {
  const { access_token: accessToken, instance_url: instanceUrl, refresh_token: refreshToken, id: identityUrl } = json;
  if (typeof accessToken !== 'string' || accessToken === '' || typeof instanceUrl !== 'string') return undefined;
  return {
    accessToken,
    instanceUrl: answeredInstanceUrl(instanceUrl),
    ...(typeof refreshToken === 'string' ? { refreshToken } : {}),
    ...(typeof identityUrl === 'string' ? { identityUrl } : {}),
  };
}

/** The token goes wherever the answer says, so that is checked like any instance URL a person gives. */
function answeredInstanceUrl(instanceUrl: string): string {
  try {
    return checkedInstanceUrl(instanceUrl, 'The instance_url of the token answer');
  } catch (error) {
    if (!(error instanceof OpencxError)) throw error;
    throw new OpencxError('ORG_UNEXPECTED_ANSWER', { message: error.message, cause: error });
  }
}

function unexpected(doing: string, host: string, status: number, location: string | null, body: string): OpencxError {
  if (location !== null && status >= 300 && status < 400) {
    const target = URL.canParse(location, host) ? new URL(location, host).origin : 'an unreadable address';
    return new OpencxError('ORG_UNEXPECTED_ANSWER', {
      message: `${host} redirects to ${target} while ${doing}; credentials are not sent on.`,
      details: { httpStatus: status },
      nextSteps: [`If ${target} is your org, give it as login URL.`],
    });
  }
  const title = /<title[^>]*>([^<]*)/i.exec(body)?.[1]?.trim().slice(0, 120);
  const html = /^\s*<|<html/i.test(body);
  const page = `a web page${title === undefined || title === '' ? '' : ` ("${title}")`}`;
  // Other services of Salesforce refuse with [{"errorCode", "message"}]; an answer of 200 may hold a token of any shape.
  const said = status >= 400 && body !== '' ? `: ${body.slice(0, 300)}` : '';
  const what = html ? page : `no token answer${said}`;
  return new OpencxError('ORG_UNEXPECTED_ANSWER', {
    message: `${host} answered HTTP ${status} with ${what} while ${doing}.`,
    details: { httpStatus: status },
    nextSteps: [
      'Check the login URL: https://login.salesforce.com, https://test.salesforce.com, or the My Domain URL.',
      'Check https://status.salesforce.com and any proxy in between.',
    ],
  });
}

function secretsOf(request: TokenRequest): string[] {
  return Object.entries(request.form).flatMap(([field, value]) => (openFields.has(field) ? [] : [value]));
}

function parsedObject(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch (error) {
    // A web page in the place of JSON is told apart by the caller.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
