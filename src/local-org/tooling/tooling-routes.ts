import type { Context } from 'hono';

import { jsonObject } from '../http/json-body.ts';
import type { JsonObject } from '../http/json-body.ts';
import { RestError } from '../http/rest-error.ts';
import type { LocalOrgEnv, RouteRegistrant } from '../http/route.ts';
import { userHasPermission } from '../records/user-permission-row.ts';
import type { OrgState } from '../state/org-state.ts';
import { apexRecords } from './apex-records.ts';
import { containerMembers, metadataContainers } from './container-records.ts';
import { containerRequests, resumeContainerRequests } from './container-requests.ts';
import { flowDefinitionRecords } from './flow-definition-records.ts';
import { flowRecords } from './flow-records.ts';
import { metadataRecords } from './metadata-records.ts';
import { settingsRecords } from './settings-records.ts';
import { registerTestRoutes } from './test-routes.ts';
import type { ToolingResource, ToolingWrite } from './tooling-resource.ts';

/** Tooling objects whose writes do more than keep a row. All others, and all reads, are plain records. */
const resources: Readonly<Record<string, ToolingResource>> = {
  ApexClass: apexRecords,
  ApexTrigger: apexRecords,
  ApexClassMember: containerMembers,
  ApexTriggerMember: containerMembers,
  CaseSettings: settingsRecords,
  ConnectedAppSettings: settingsRecords,
  ContainerAsyncRequest: containerRequests,
  CustomField: metadataRecords,
  DeploymentSettings: settingsRecords,
  EmailAuthorizationSettings: settingsRecords,
  ExternalClientAppSettings: settingsRecords,
  Flow: flowRecords,
  FlowDefinition: flowDefinitionRecords,
  MetadataContainer: metadataContainers,
  NamedCredential: metadataRecords,
  OauthOidcSettings: settingsRecords,
};

const byLowerCase = new Map(
  Object.entries(resources).map(([name, resource]) => [name.toLowerCase(), { name, resource }]),
);

const root = '/services/data/:version/tooling';

/** What a user must be allowed to do to write an object; Apex needs another permission than the rest. */
function refuseWithoutPermission(org: OrgState, userId: string, sobject: string): void {
  const permission = sobject.startsWith('Apex') ? 'AuthorApex' : 'CustomizeApplication';
  const writesApex = sobject === 'MetadataContainer' || sobject === 'ContainerAsyncRequest';
  if (userHasPermission(org, userId, permission) || (writesApex && userHasPermission(org, userId, 'AuthorApex')))
    return;
  throw new RestError(403, 'INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');
}

/**
 * Writes of the Tooling API's metadata objects, and its test runs. To be registered before the routes of plain records: objects it does not
 * know are passed on.
 */
export const registerToolingRoutes: RouteRegistrant = (app, org) => {
  registerTestRoutes(app, org);

  app.on('POST', [`${root}/sobjects/:sobject`, `${root}/sobjects/:sobject/`], async (c, next) => {
    const known = writable(c, org, c.req.param('sobject'));
    if (known === undefined) return await next();
    const { create } = known.resource;
    if (create === undefined) throw unsupported(known.name);
    const id = await create(await writeOf(c, org, known.name));
    return c.json({ id, success: true, errors: [], warnings: [], infos: [] }, 201);
  });

  app.patch(`${root}/sobjects/:sobject/:id`, async (c, next) => {
    const known = writable(c, org, c.req.param('sobject'));
    if (known === undefined) return await next();
    const { update } = known.resource;
    if (update === undefined) throw unsupported(known.name);
    await update(await writeOf(c, org, known.name), c.req.param('id'));
    return c.body(null, 204);
  });

  app.delete(`${root}/sobjects/:sobject/:id`, async (c, next) => {
    const known = writable(c, org, c.req.param('sobject'));
    if (known === undefined) return await next();
    const { remove } = known.resource;
    if (remove === undefined) throw unsupported(known.name);
    await remove({ org, userId: c.get('session').userId, sobject: known.name, fields: {} }, c.req.param('id'));
    return c.body(null, 204);
  });

  resumeContainerRequests(org);
};

/** The object written to, if it is one of these and the user may write it. @throws RestError 403 */
function writable(
  c: Context<LocalOrgEnv>,
  org: OrgState,
  sobject: string,
): { readonly name: string; readonly resource: ToolingResource } | undefined {
  const known = byLowerCase.get(sobject.toLowerCase());
  if (known !== undefined) refuseWithoutPermission(org, c.get('session').userId, known.name);
  return known;
}

async function writeOf(c: Context<LocalOrgEnv>, org: OrgState, sobject: string): Promise<ToolingWrite> {
  const body = await jsonObject(c);
  return { org, userId: c.get('session').userId, sobject, fields: properFields(org, sobject, body) };
}

/**
 * Fields under the schema's spelling: Salesforce takes any case.
 * @throws RestError 400 INVALID_FIELD for one the object does not have
 */
function properFields(org: OrgState, sobject: string, body: JsonObject): JsonObject {
  const schema = org.schema().tooling.object(sobject);
  const fields: JsonObject = {};
  for (const [given, value] of Object.entries(body)) {
    if (given === 'attributes') continue;
    const field = schema?.field(given) ?? (given.toLowerCase() === 'fullname' ? { name: 'FullName' } : undefined);
    if (field === undefined) {
      throw new RestError(400, 'INVALID_FIELD', `No such column '${given}' on sobject of type ${sobject}`, [given]);
    }
    fields[field.name] = value;
  }
  return fields;
}

function unsupported(sobject: string): RestError {
  return new RestError(405, 'METHOD_NOT_ALLOWED', `${sobject} does not offer this method`);
}
