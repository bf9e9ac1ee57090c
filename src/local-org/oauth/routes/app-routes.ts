import type { Context } from 'hono';

import { RestError } from '../../http/rest-error.ts';
import type { LocalOrgEnv, RouteRegistrant } from '../../http/route.ts';
import { fieldText } from '../../state/field-text.ts';
import { consumerOfApp, credentialParts, oauthApps, refuseCredentialAccess } from '../apps/app-credentials.ts';
import type { CredentialPart } from '../apps/app-credentials.ts';

const root = '/services/data/:version/apps/oauth';
const defaultPageSize = 100;

/**
 * The resources of the Connect REST API that tell the key and the secret of an External Client App. Staged credentials are
 * not among them.
 */
export const registerAppRoutes: RouteRegistrant = (app, org) => {
  app.get(`${root}/usage`, (c) => {
    const page = wholeNumber(c, 'page', 0);
    const size = wholeNumber(c, 'pageSize', defaultPageSize);
    const apps = oauthApps(org).slice(page * size, (page + 1) * size);
    return c.json({
      apps: apps.map((row) => ({
        developerName: row['DeveloperName'],
        identifier: row.Id,
        label: row['MasterLabel'],
      })),
      currentPageUrl: `${base(c)}/usage?page=${page}&pageSize=${size}`,
      nextPageUrl: `${base(c)}/usage?page=${page + 1}&pageSize=${size}`,
    });
  });
  app.get(`${root}/credentials/:appId`, (c) => {
    refuseCredentialAccess(org, c.get('session').userId, 'key');
    const { appId, name, consumer } = consumerOfApp(org, c.req.param('appId'));
    const url = `${base(c)}/credentials/${appId}/${consumer.id}`;
    return c.json({
      consumers: [{ id: consumer.id, key: consumer.key, name, url, stagedCredentialsUrl: `${url}/staged` }],
      currentPageUrl: `${base(c)}/credentials/${appId}`,
      nextPageUrl: null,
    });
  });
  app.get(`${root}/credentials/:appId/:consumerId`, (c) => {
    const part = partOf(c);
    refuseCredentialAccess(org, c.get('session').userId, part);
    const { consumer } = consumerOfApp(org, c.req.param('appId'));
    if (c.req.param('consumerId').slice(0, 15) !== consumer.id.slice(0, 15)) {
      throw new RestError(404, 'NOT_FOUND', 'The requested resource does not exist');
    }
    return c.json({
      id: consumer.id,
      ...(part === 'secret' ? {} : { key: consumer.key }),
      ...(part === 'key' ? {} : { secret: consumer.secret }),
    });
  });
};

function base(c: Context<LocalOrgEnv>): string {
  return `/services/data/${fieldText(c.req.param('version'))}/apps/oauth`;
}

/** @throws RestError 400 for a part that is none */
function partOf(c: Context<LocalOrgEnv>): CredentialPart {
  const given = (c.req.query('part') ?? 'key').toLowerCase();
  const part = credentialParts.find((known) => known === given);
  if (part === undefined) throw new RestError(400, 'INVALID_ENUM_VALUE', `Illegal value for parameter part: ${given}`);
  return part;
}

/** @throws RestError 400 for what is no number */
function wholeNumber(c: Context<LocalOrgEnv>, name: string, otherwise: number): number {
  const given = c.req.query(name);
  if (given === undefined) return otherwise;
  if (/^\d{1,6}$/.test(given)) return Number(given);
  throw new RestError(400, 'ILLEGAL_QUERY_PARAMETER_VALUE', `Illegal value for parameter ${name}: ${given}`);
}
