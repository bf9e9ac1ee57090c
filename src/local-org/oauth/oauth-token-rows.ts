import { userHasPermission } from '../records/user-permission-row.ts';
import { fieldText } from '../state/field-text.ts';
import type { OrgState } from '../state/org-state.ts';
import type { StoredRecord } from '../state/record-store.ts';
import { storedDatetime } from '../state/stored-datetime.ts';
import { oauthApps } from './apps/app-credentials.ts';
import { consumerOf } from './apps/consumers.ts';
import { refreshGrants } from './grants/refresh-tokens.ts';

/**
 * Rows of OauthToken: one for each refresh token. Who may customize the application sees those of all users, everybody
 * else their own. Ids are null in every org (object reference); the tokens themselves are kept as hashes and told to
 * nobody.
 */
export function oauthTokenRows(org: OrgState, userId: string): StoredRecord[] {
  const seesAll = userHasPermission(org, userId, 'CustomizeApplication');
  const labels = appLabels(org);
  return refreshGrants(org)
    .filter((grant) => seesAll || grant.userId === userId)
    .map((grant) => ({
      Id: '',
      AppName: labels.get(grant.clientId) ?? grant.clientId,
      UserId: grant.userId,
      CreatedDate: datetimeOf(grant.issuedAt),
      LastUsedDate: datetimeOf(grant.usedAt),
      UseCount: grant.useCount ?? 0,
    }));
}

/** Labels of External Client Apps by consumer key. A client of another kind has no label and goes by its id. */
function appLabels(org: OrgState): ReadonlyMap<string, string> {
  return new Map(
    oauthApps(org).flatMap((app) => {
      const consumer = consumerOf(org, fieldText(app['DeveloperName']));
      return consumer === undefined ? [] : [[consumer.key, fieldText(app['MasterLabel'])] as const];
    }),
  );
}

function datetimeOf(time: string | undefined): string | null {
  return time === undefined ? null : storedDatetime(new Date(time));
}
