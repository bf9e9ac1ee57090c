import { RestError } from '../../http/rest-error.ts';
import { userHasPermission } from '../../records/user-permission-row.ts';
import { settingsOf } from '../../settings/settings-documents.ts';
import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { StoredRecord } from '../../state/record-store.ts';
import { consumerOf } from './consumers.ts';
import type { Consumer } from './consumers.ts';

/** What a caller may see of a consumer. */
export const credentialParts = ['key', 'secret', 'keyandsecret'] as const;
export type CredentialPart = (typeof credentialParts)[number];

/** External Client Apps that log users in: those with OAuth settings. */
export function oauthApps(org: OrgState): StoredRecord[] {
  return org.records
    .all('ExternalClientApplication')
    .filter((app) => consumerOf(org, fieldText(app['DeveloperName'])) !== undefined);
}

/**
 * Lets in who may read consumers by REST.
 * @throws RestError 403 FUNCTIONALITY_NOT_ENABLED as long as the org's setting is off, INSUFFICIENT_ACCESS
 */
export function refuseCredentialAccess(org: OrgState, userId: string, part: CredentialPart): void {
  if (settingsOf(org, 'ExternalClientApp')['enableClientSecretInRestApiAccess'] !== true) {
    const message =
      'This feature is not currently enabled for this user type or org: [ExternalClientAppOauthCredentials]';
    throw new RestError(403, 'FUNCTIONALITY_NOT_ENABLED', message);
  }
  const may =
    userHasPermission(org, userId, 'ExternalClientAppDeveloper') &&
    (part === 'key' || userHasPermission(org, userId, 'ViewClientSecret'));
  if (may) return;
  const message =
    'You do not have the level of access necessary to perform the operation you requested. Please contact the owner of the record or your administrator if access is necessary.';
  throw new RestError(403, 'INSUFFICIENT_ACCESS', message);
}

/** The consumer of an app by the app's id. @throws RestError 404 */
export function consumerOfApp(org: OrgState, appId: string): { appId: string; name: string; consumer: Consumer } {
  const app = org.records.get('ExternalClientApplication', appId);
  const name = fieldText(app?.['DeveloperName']);
  const consumer = app === undefined ? undefined : consumerOf(org, name);
  if (app === undefined || consumer === undefined) {
    throw new RestError(404, 'NOT_FOUND', 'The requested resource does not exist');
  }
  return { appId: app.Id, name, consumer };
}
