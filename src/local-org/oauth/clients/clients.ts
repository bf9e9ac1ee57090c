import type { OrgState } from '../../state/org-state.ts';
import { approvedUsers } from '../apps/approved-users.ts';
import type { ApprovedBy } from '../apps/approved-users.ts';
import type { RefreshTokenPolicy } from '../grants/refresh-policy.ts';
import { hashOf, randomSecret } from '../secrets.ts';
import type { PermittedUsers } from './permitted-users.ts';

const KIND = 'oauth-client';
/** The official CLI's own client: public, proves itself by PKCE, calls back to its fixed port. */
const CLI_CLIENT_ID = 'PlatformCLI';
const DEFAULT_CLIENT_ID = 'local-org-client';

/** An External Client App as the OAuth endpoints need it. */
export interface OAuthClient {
  readonly clientId: string;
  /** Hash of the secret; undefined for a public client. */
  readonly secretHash?: string | undefined;
  /** X.509 certificate or public key (PEM) that verifies the client's signed assertions. */
  readonly certificate?: string | undefined;
  readonly callbackUrls: readonly string[];
  /** User of the client credentials flow. */
  readonly runAsUserId?: string | undefined;
  /** `isPkceRequired`: authorizing without a code challenge is refused. */
  readonly pkceRequired: boolean;
  /** The reverse of `isConsumerSecretOptional`: a code is exchanged only by who knows the secret, PKCE or not. */
  readonly secretRequiredForWebServerFlow: boolean;
  /** `isSecretRequiredForRefreshToken`. */
  readonly secretRequiredForRefreshToken: boolean;
  /** Who may use the client; undefined lets everybody in as if an administrator had approved all. */
  readonly permittedUsers?: PermittedUsers | undefined;
  /** The same by permission sets and profiles, whose users are looked up each time. */
  readonly approvedBy?: ApprovedBy | undefined;
  /** Scopes the client may ask for; undefined is all. */
  readonly scopes?: readonly string[] | undefined;
  readonly refreshTokenPolicy?: RefreshTokenPolicy | undefined;
  /** Life of its sessions, in minutes; undefined is the org's own. */
  readonly sessionMinutes?: number | undefined;
  /** `isIntrospectAllTokens`: it may look at tokens of other clients. */
  readonly introspectsAllTokens?: boolean | undefined;
  /** Switched off by an administrator. */
  readonly isBlocked?: boolean | undefined;
  /** ISO 8601; before that nobody knows it. */
  readonly activeFrom?: string | undefined;
}

/** What a client is unless said otherwise: Salesforce's defaults, but for PKCE, which a new app would require. */
const DEFAULTS = {
  callbackUrls: [],
  pkceRequired: false,
  secretRequiredForWebServerFlow: true,
  secretRequiredForRefreshToken: true,
} satisfies Partial<OAuthClient>;

/** The client of an id; `PlatformCLI` is known in every org. */
export function oauthClient(org: OrgState, clientId: string): OAuthClient | undefined {
  // Data directories of earlier versions hold clients without the later settings.
  const stored = org.documents.get(KIND, clientId) as (Partial<OAuthClient> & { clientId: string }) | undefined;
  if (stored !== undefined) {
    if (stored.activeFrom !== undefined && stored.activeFrom > org.now().toISOString()) return undefined;
    return { ...DEFAULTS, ...stored, ...approved(org, stored.approvedBy) };
  }
  if (clientId !== CLI_CLIENT_ID) return undefined;
  return { ...DEFAULTS, clientId, callbackUrls: ['http://localhost:1717/OauthRedirect'] };
}

function approved(org: OrgState, approvedBy: ApprovedBy | undefined): Pick<OAuthClient, 'permittedUsers'> {
  if (approvedBy === undefined) return {};
  return { permittedUsers: { policy: 'AdminApprovedPreAuthorized', userIds: approvedUsers(org, approvedBy) } };
}

/** All clients that are registered, known to the endpoints yet or not. */
export function clientsOf(org: OrgState): OAuthClient[] {
  return org.documents.list(KIND).map(({ value }) => ({ ...DEFAULTS, ...(value as OAuthClient) }));
}

export interface ClientInit extends Pick<
  OAuthClient,
  | 'approvedBy'
  | 'scopes'
  | 'refreshTokenPolicy'
  | 'sessionMinutes'
  | 'introspectsAllTokens'
  | 'isBlocked'
  | 'activeFrom'
> {
  readonly clientId: string;
  readonly secret?: string | undefined;
  /** Readable as `certificateKey` reads it: whoever registers checks. */
  readonly certificate?: string | undefined;
  readonly callbackUrls?: readonly string[] | undefined;
  readonly runAsUserId?: string | undefined;
  readonly pkceRequired?: boolean | undefined;
  readonly secretRequiredForWebServerFlow?: boolean | undefined;
  readonly secretRequiredForRefreshToken?: boolean | undefined;
  readonly permittedUsers?: PermittedUsers | undefined;
}

/** Registers a client, or replaces it. */
export function registerClient(org: OrgState, init: ClientInit): OAuthClient {
  const { secret, ...rest } = init;
  const client: OAuthClient = {
    ...rest,
    secretHash: secret === undefined ? undefined : hashOf(secret),
    callbackUrls: init.callbackUrls ?? DEFAULTS.callbackUrls,
    pkceRequired: init.pkceRequired ?? DEFAULTS.pkceRequired,
    secretRequiredForWebServerFlow: init.secretRequiredForWebServerFlow ?? DEFAULTS.secretRequiredForWebServerFlow,
    secretRequiredForRefreshToken: init.secretRequiredForRefreshToken ?? DEFAULTS.secretRequiredForRefreshToken,
  };
  org.documents.put(KIND, client.clientId, client);
  return client;
}

/** Forgets a client; the tokens it was given are not touched. */
export function forgetClient(org: OrgState, clientId: string): void {
  org.documents.delete(KIND, clientId);
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
