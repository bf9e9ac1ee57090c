import { userHasPermission } from '../records/user-permission-row.ts';
import { fieldText } from '../state/field-text.ts';
import type { OrgState } from '../state/org-state.ts';
import { OBJECT_ACCESS } from './object-access.ts';
import { apiOf, objectSchema } from './object-schema.ts';
import type { ApiSchema, FieldSchema, ObjectSchema, Schema } from './schema.ts';

interface Held {
  readonly full: Schema;
  readonly stamp: string;
  /** By API and user. */
  readonly visible: Map<string, ApiSchema>;
}

const heldByOrg = new WeakMap<OrgState, Held>();

/** What decides about who sees what. */
const DECIDING = ['PermissionSetAssignment', 'PermissionSet', 'FieldPermissions'];

/**
 * An API's objects as a user sees them. A custom field without a field permission is not there at all, for
 * administrators too: queries say "No such column", describe leaves it out. A field that may be read and not edited can
 * neither be created nor updated. The Tooling API knows no field permissions. Objects that need a permission of the user
 * are not there without it. Apex in system mode looks at `org.schema()` instead.
 */
export function visibleSchema(org: OrgState, userId: string, api: 'data' | 'tooling' = 'data'): ApiSchema {
  const full = org.schema();
  const stamp = DECIDING.map((sobject) => org.records.version(sobject)).join('/');
  let held = heldByOrg.get(org);
  if (held === undefined || held.full !== full || held.stamp !== stamp) {
    held = { full, stamp, visible: new Map() };
    heldByOrg.set(org, held);
  }
  const key = `${api}/${userId}`;
  let visible = held.visible.get(key);
  if (visible === undefined) {
    const there = withoutRefused(org, userId, api, full[api]);
    visible = api === 'tooling' ? there : restrict(there, fieldAccess(org, userId));
    held.visible.set(key, visible);
  }
  return visible;
}

/** Leaves out the objects for which the user lacks every permission that would let them in. */
function withoutRefused(org: OrgState, userId: string, api: 'data' | 'tooling', schema: ApiSchema): ApiSchema {
  const refused = Object.entries(OBJECT_ACCESS[api])
    .filter(([, permissions]) => !permissions.some((name) => userHasPermission(org, userId, name)))
    .map(([sobject]) => sobject);
  if (refused.length === 0) return schema;
  return apiOf(schema.objects().filter(({ name }) => !refused.includes(name)));
}

type Access = 'read' | 'edit';

/** Access to fields by `object.field` in lower case, from all permission sets of the user, the profile's own included. */
function fieldAccess(org: OrgState, userId: string): ReadonlyMap<string, Access> {
  const sets = new Set(
    org.records.find('PermissionSetAssignment', { AssigneeId: userId }).map((row) => row['PermissionSetId']),
  );
  const access = new Map<string, Access>();
  for (const permission of org.records.all('FieldPermissions')) {
    if (!sets.has(permission['ParentId'] ?? null)) continue;
    const field = fieldText(permission['Field']).toLowerCase();
    if (permission['PermissionsEdit'] === true) access.set(field, 'edit');
    else if (permission['PermissionsRead'] === true && !access.has(field)) access.set(field, 'read');
  }
  return access;
}

function restrict(api: ApiSchema, access: ReadonlyMap<string, Access>): ApiSchema {
  let restricted = false;
  const objects = api.objects().map((object): ObjectSchema => {
    if (!object.fields.some((field) => field.permissionable)) return object;
    restricted = true;
    const fields = object.fields.flatMap((field) => accessible(object, field, access));
    return objectSchema({ ...object, fields }, object.childRelationships);
  });
  return restricted ? apiOf(objects) : api;
}

function accessible(object: ObjectSchema, field: FieldSchema, access: ReadonlyMap<string, Access>): FieldSchema[] {
  if (!field.permissionable) return [field];
  const granted = access.get(`${object.name}.${field.name}`.toLowerCase());
  if (granted === undefined) return [];
  return [granted === 'edit' ? field : { ...field, createable: false, updateable: false }];
}
