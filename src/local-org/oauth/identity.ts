import type { OrgState } from '../state/org-state.ts';
import type { StoredRecord } from '../state/record-store.ts';
import { fieldText } from '../state/field-text.ts';

/** The answer of `/services/oauth2/userinfo` (OpenID Connect with Salesforce's additions). */
export function userInfoOf(org: OrgState, userId: string): Record<string, unknown> {
  const user = userRow(org, userId);
  const base = org.baseUrl();
  return {
    sub: `${base}/id/${org.settings.organizationId}/${userId}`,
    user_id: userId,
    organization_id: org.settings.organizationId,
    preferred_username: user['Username'],
    nickname: user['CommunityNickname'] ?? null,
    name: user['Name'],
    email: user['Email'],
    email_verified: user['HasUserVerifiedEmail'] === true,
    given_name: user['FirstName'] ?? null,
    family_name: user['LastName'],
    zoneinfo: user['TimeZoneSidKey'],
    locale: user['LocaleSidKey'],
    language: user['LanguageLocaleKey'],
    active: user['IsActive'] === true,
    user_type: 'STANDARD',
    updated_at: fieldText(user['LastModifiedDate']).replace('.000Z', 'Z'),
    urls: {
      rest: `${base}/services/data/v{version}/`,
      metadata: `${base}/services/Soap/m/{version}/${org.settings.organizationId.slice(0, 15)}`,
    },
  };
}

/** Whom the identity URL tells about, and who asks. */
export interface IdentityRequest {
  readonly userId: string;
  readonly askedBy: string;
  readonly versions: readonly string[];
}

/** The answer of the identity URL `/id/<org>/<user>`; `asserted_user` says whether the token is that user's own. */
export function identityOf(org: OrgState, { userId, askedBy, versions }: IdentityRequest): Record<string, unknown> {
  const user = userRow(org, userId);
  const base = org.baseUrl();
  return {
    id: `${base}/id/${org.settings.organizationId}/${userId}`,
    asserted_user: userId === askedBy,
    user_id: userId,
    organization_id: org.settings.organizationId,
    username: user['Username'],
    nick_name: user['CommunityNickname'] ?? null,
    display_name: user['Name'],
    email: user['Email'],
    first_name: user['FirstName'] ?? null,
    last_name: user['LastName'],
    timezone: user['TimeZoneSidKey'],
    active: user['IsActive'] === true,
    user_type: 'STANDARD',
    language: user['LanguageLocaleKey'],
    locale: user['LocaleSidKey'],
    urls: { rest: `${base}/services/data/v{version}/`, query: `${base}/services/data/v{version}/query/` },
    api_versions: versions,
    last_modified_date: user['LastModifiedDate'],
  };
}

function userRow(org: OrgState, userId: string): StoredRecord {
  const user = org.records.get('User', userId);
  if (user === undefined) throw new Error(`There is no user ${userId} to tell about.`);
  return user;
}
