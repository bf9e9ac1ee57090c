import type { OrgState } from '../state/org-state.ts';
import { apiOf, objectSchema } from './object-schema.ts';
import type { ApiSchema, FieldSchema, ObjectSchema, Schema } from './schema.ts';
import { fieldText } from '../state/field-text.ts';

interface Held {
  readonly full: Schema;
  readonly stamp: string;
  readonly byUser: Map<string, ApiSchema>;
}

const heldByOrg = new WeakMap<OrgState, Held>();

/**
 * The data API's objects as a user sees them. A custom field without a field permission is not there at all, for
 * administrators too: queries say "No such column", describe leaves it out. A field that may be read and not edited can
 * neither be created nor updated. Apex in system mode and the Tooling API look at `org.schema()` instead.
 */
export function visibleSchema(org: OrgState, userId: string): ApiSchema {
  const full = org.schema();
  const { records } = org;
  const stamp = `${records.version('PermissionSetAssignment')}/${records.version('FieldPermissions')}`;
  let held = heldByOrg.get(org);
  if (held === undefined || held.full !== full || held.stamp !== stamp) {
    held = { full, stamp, byUser: new Map() };
    heldByOrg.set(org, held);
  }
  let visible = held.byUser.get(userId);
  if (visible === undefined) {
    visible = restrict(full.data, fieldAccess(org, userId));
    held.byUser.set(userId, visible);
  }
  return visible;
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
