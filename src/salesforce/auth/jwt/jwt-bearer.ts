import { systemClock } from '../../../clock.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';
import { audiencesFor } from './audience.ts';
import { readPrivateKey } from './private-key.ts';
import type { LoginPorts } from '../login-ports.ts';
import { requestToken, type TokenAnswer } from '../oauth-token.ts';
import { checkedLoginUrl } from '../org-url.ts';
import type { OrgSession } from '../org-session.ts';
import { sessionOf } from '../token-session.ts';

export interface JwtBearerLogin {
  /** login.salesforce.com, test.salesforce.com, a My Domain URL or that of an Experience Cloud site. */
  loginUrl: string;
  /** Consumer key of the External Client App that holds the certificate. */
  clientId: string;
  username: string;
  /** PEM, PKCS#8 or PKCS#1. */
  privateKey: string;
  privateKeyPassphrase?: string;
  /** `aud` of the assertion, instead of the ones that follow from the login URL (SF_AUDIENCE_URL). */
  audience?: string;
}

/** Salesforce accepts an assertion for at most a few minutes. */
const lifetimeSeconds = 180;

/**
 * Logs in as a named user by an assertion signed with the app's key (RFC 7523), and again when the session ends.
 * @throws OpencxError USAGE for an unusable key or login URL, and what {@link requestToken} throws
 */
export async function jwtBearerLogin(options: JwtBearerLogin, ports: LoginPorts = {}): Promise<OrgSession> {
  const loginUrl = checkedLoginUrl(options.loginUrl, 'The login URL');
  const key = readPrivateKey(options.privateKey, options.privateKeyPassphrase);
  const { SignJWT } = await import('jose');
  const username = options.username.trim();
  const clientId = options.clientId.trim();

  const logInFor = async (audience: string): Promise<TokenAnswer> => {
    const now = Math.floor((ports.clock ?? systemClock).now() / 1000);
    const assertion = await new SignJWT()
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
      .setIssuer(clientId)
      .setSubject(username)
      .setAudience(audience)
      .setIssuedAt(now)
      .setExpirationTime(now + lifetimeSeconds)
      .sign(key);
    const form = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion };
    return requestToken({ loginUrl, form, doing: 'logging in by JWT bearer', repeatable: true }, ports);
  };

  const audiences = options.audience === undefined ? audiencesFor(loginUrl) : [options.audience.trim()];
  const answer = await firstAccepted(audiences, logInFor);
  return sessionOf(answer, { source: 'jwt', username, refresh: async () => jwtBearerLogin(options, ports) });
}

/** The first audience the org accepts; when it accepts none, its answer to the first, which is the one documented. */
async function firstAccepted(
  audiences: readonly string[],
  logInFor: (audience: string) => Promise<TokenAnswer>,
): Promise<TokenAnswer> {
  let first: OpencxError | undefined;
  for (const audience of audiences) {
    try {
      return await logInFor(audience);
    } catch (error) {
      if (!isAudienceRefusal(error)) throw error;
      first ??= error;
    }
  }
  throw first ?? new OpencxError('USAGE', { message: 'No audience to sign the assertion for.' });
}

function isAudienceRefusal(error: unknown): error is OpencxError {
  const description = error instanceof OpencxError ? error.details?.['oauthErrorDescription'] : undefined;
  return typeof description === 'string' && /audience/i.test(description);
}
