import type { OrgState } from '../state/org-state.ts';
import { hashOf, randomSecret } from './sessions.ts';

const KIND = 'oauth-client';
/** The official CLI's own client: public, proves itself by PKCE, calls back to its fixed port. */
const CLI_CLIENT_ID = 'PlatformCLI';
export const DEFAULT_CLIENT_ID = 'local-org-client';

/** An External Client App as the token endpoint needs it. */
export interface OAuthClient {
  readonly clientId: string;
  /** Hash of the secret; undefined for a public client. */
  readonly secretHash: string | undefined;
  /** X.509 certificate or public key (PEM) that verifies the client's signed assertions. */
  readonly certificate: string | undefined;
  readonly callbackUrls: readonly string[];
  /** User of the client credentials flow. */
  readonly runAsUserId: string | undefined;
}

/** The client of an id; `PlatformCLI` is known in every org. */
export function oauthClient(org: OrgState, clientId: string): OAuthClient | undefined {
  const stored = org.documents.get(KIND, clientId) as OAuthClient | undefined;
  if (stored !== undefined) return stored;
  if (clientId !== CLI_CLIENT_ID) return undefined;
  const callbackUrls = ['http://localhost:1717/OauthRedirect'];
  return { clientId, secretHash: undefined, certificate: undefined, callbackUrls, runAsUserId: undefined };
}

export interface ClientInit {
  readonly clientId: string;
  readonly secret?: string | undefined;
  readonly certificate?: string | undefined;
  readonly callbackUrls?: readonly string[] | undefined;
  readonly runAsUserId?: string | undefined;
}

/** Registers a client, or replaces it. */
export function registerClient(org: OrgState, init: ClientInit): OAuthClient {
  const client: OAuthClient = {
    clientId: init.clientId,
    secretHash: init.secret === undefined ? undefined : hashOf(init.secret),
    certificate: init.certificate,
    callbackUrls: init.callbackUrls ?? [],
    runAsUserId: init.runAsUserId,
  };
  org.documents.put(KIND, client.clientId, client);
  return client;
}

/**
 * The client every local org has for local use, made when first asked for. Its secret is this org's own and random, and is
 * kept in the data directory, because whoever holds that directory holds the org.
 */
export function defaultClient(org: OrgState): { clientId: string; secret: string } {
  const stored = org.documents.get('default-client', DEFAULT_CLIENT_ID) as { secret: string } | undefined;
  if (stored !== undefined) return { clientId: DEFAULT_CLIENT_ID, secret: stored.secret };
  const secret = randomSecret(32);
  org.transaction(() => {
    org.documents.put('default-client', DEFAULT_CLIENT_ID, { secret });
    registerClient(org, {
      clientId: DEFAULT_CLIENT_ID,
      secret,
      callbackUrls: ['http://localhost:1717/OauthRedirect'],
      runAsUserId: org.settings.adminUserId,
    });
  });
  return { clientId: DEFAULT_CLIENT_ID, secret };
}
