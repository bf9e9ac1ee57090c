import type { OrgState } from '../state/org-state.ts';
import { findUser } from '../records/find-user.ts';
import { oauthClient } from './clients.ts';
import { OAuthError } from './oauth-error.ts';

const SALESFORCE_AUDIENCES = ['https://login.salesforce.com', 'https://test.salesforce.com'];

/**
 * The user of a signed assertion (JWT bearer flow): RS256, verified with the certificate registered for the client in
 * `iss`, for the user named by `sub`. `aud` may be Salesforce's login hosts or this org, with a slash at its end or
 * without (the official CLI sends the slash). `exp` must not have passed; how far ahead it lies is not looked at, because
 * the official CLI sends it in milliseconds.
 * @throws OAuthError invalid_client_id, invalid_grant
 */
export async function assertionUser(org: OrgState, assertion: string): Promise<{ userId: string; clientId: string }> {
  const jose = await import('jose');
  let clientId: string;
  try {
    clientId = jose.decodeJwt(assertion).iss ?? '';
  } catch {
    throw new OAuthError('invalid_grant', 'invalid assertion');
  }
  const client = oauthClient(org, clientId);
  if (client === undefined) throw new OAuthError('invalid_client_id', 'client identifier invalid');
  if (client.certificate === undefined) throw new OAuthError('invalid_client', 'invalid client credentials');
  const key = client.certificate.includes('BEGIN CERTIFICATE')
    ? await jose.importX509(client.certificate, 'RS256')
    : await jose.importSPKI(client.certificate, 'RS256');
  const audiences = [...SALESFORCE_AUDIENCES, org.baseUrl()].flatMap((audience) => [audience, `${audience}/`]);
  let username: string;
  try {
    const options = { algorithms: ['RS256'], audience: audiences, currentDate: org.now(), requiredClaims: ['exp'] };
    const { payload } = await jose.jwtVerify(assertion, key, options);
    username = payload.sub ?? '';
  } catch (error) {
    throw new OAuthError('invalid_grant', reason(error));
  }
  const user = findUser(org, username);
  if (user === undefined || user['IsActive'] !== true) {
    throw new OAuthError('invalid_grant', "user hasn't approved this consumer");
  }
  return { userId: user.Id, clientId };
}

function reason(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  const claim = typeof error === 'object' && error !== null && 'claim' in error ? error.claim : undefined;
  if (code === 'ERR_JWT_EXPIRED') return 'expired authorization code';
  if (claim === 'aud') return 'audience is invalid';
  return 'invalid assertion';
}
