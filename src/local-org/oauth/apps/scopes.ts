import { OAuthError } from '../oauth-error.ts';

/** Scopes as metadata names them, with the names that clients send (Metadata API guide; OAuth tokens and scopes). */
const SCOPES: Readonly<Record<string, string>> = {
  Address: 'address',
  Api: 'api',
  Basic: 'id',
  CDP: 'cdp_api',
  CDPCalculatedInsight: 'cdp_calculated_insight_api',
  CDPIdentityResolution: 'cdp_identityresolution_api',
  CDPIngest: 'cdp_ingest_api',
  CDPProfile: 'cdp_profile_api',
  CDPQuery: 'cdp_query_api',
  CDPSegment: 'cdp_segment_api',
  Chatbot: 'chatbot_api',
  Chatter: 'chatter_api',
  Content: 'content',
  CustomApplications: 'visualforce',
  CustomPermissions: 'custom_permissions',
  DataCloudUserClaims: 'data_cloud_user_claims',
  Eclair: 'eclair_api',
  EinsteinGPT: 'einstein_gpt_api',
  Email: 'email',
  ForgotPassword: 'forgot_password',
  Full: 'full',
  Interaction: 'interaction_api',
  Lightning: 'lightning',
  MCP: 'mcp_api',
  OfflineAccess: 'offline_access',
  OpenID: 'openid',
  Pardot: 'pardot_api',
  Phone: 'phone',
  Profile: 'profile',
  PwdlessLogin: 'pwdless_login_api',
  RefreshToken: 'refresh_token',
  SCRT: 'scrt_api',
  SFApiPlatform: 'sfap_api',
  UserRegistration: 'user_registration_api',
  Wave: 'wave_api',
  Web: 'web',
};

const REFRESH = new Set(['refresh_token', 'offline_access']);

/** The names that metadata may use. */
export const scopeNames: readonly string[] = Object.keys(SCOPES);

/** The items of a list like `Full, RefreshToken`. */
export function listedScopes(commaSeparated: string): string[] {
  return commaSeparated
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** The scopes of such a list as clients send them; unknown names fall out. */
export function oauthScopes(commaSeparated: string): string[] {
  return listedScopes(commaSeparated).flatMap((name) => SCOPES[name] ?? []);
}

/**
 * The scopes a client gets that asks for some, or for none in particular: then all that its app has.
 * @param scopes of the app; undefined where the client is not an app, and may ask for anything
 * @throws OAuthError invalid_scope
 */
export function grantedScope(asked: string, scopes: readonly string[] | undefined, otherwise: string): string {
  const wanted = asked.split(/\s+/).filter((name) => name !== '');
  if (wanted.length === 0) return scopes?.join(' ') ?? otherwise;
  if (scopes !== undefined && !wanted.every((name) => isIn(scopes, name))) {
    throw new OAuthError('invalid_scope', 'the requested scope is not allowed');
  }
  return wanted.join(' ');
}

/** Full access is everything but the right to come again; the two names for that are one. */
function isIn(scopes: readonly string[], name: string): boolean {
  if (REFRESH.has(name)) return scopes.some((scope) => REFRESH.has(scope));
  return scopes.includes(name) || scopes.includes('full');
}

/** What a flow without a person gives: all scopes but the right to come again. */
export function scopeWithoutRefresh(scopes: readonly string[] | undefined, otherwise: string): string {
  return scopes?.filter((name) => !REFRESH.has(name)).join(' ') ?? otherwise;
}
