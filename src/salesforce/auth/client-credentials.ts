import type { LoginPorts } from './login-ports.ts';
import { requestToken } from './oauth-token.ts';
import { checkedLoginUrl } from './org-url.ts';
import type { OrgSession } from './org-session.ts';
import { sessionOf } from './token-session.ts';

export interface ClientCredentialsLogin {
  /** The org's My Domain URL; login.salesforce.com does not serve this flow. */
  loginUrl: string;
  /** Consumer key of the External Client App. */
  clientId: string;
  clientSecret: string;
}

/**
 * Logs in as the app's Run As user by consumer key and secret, and again when the session ends.
 * @throws OpencxError USAGE for a login URL no secret may be sent to, and what {@link requestToken} throws
 */
export async function clientCredentialsLogin(
  options: ClientCredentialsLogin,
  ports: LoginPorts = {},
): Promise<OrgSession> {
  const answer = await requestToken(
    {
      loginUrl: checkedLoginUrl(options.loginUrl, 'The login URL'),
      form: {
        grant_type: 'client_credentials',
        client_id: options.clientId.trim(),
        client_secret: options.clientSecret.trim(),
      },
      doing: 'logging in by client credentials',
      repeatable: true,
    },
    ports,
  );
  return sessionOf(answer, {
    source: 'client-credentials',
    refresh: async () => clientCredentialsLogin(options, ports),
  });
}
