import type { Context } from 'hono';

import { RestError } from '../http/rest-error.ts';
import type { LocalOrgEnv } from '../http/route.ts';
import { resourceNotFound } from '../http/session-guard.ts';
import type { ApiSchema, ObjectSchema } from '../schema/schema.ts';
import { visibleSchema } from '../schema/visible-schema.ts';
import type { OrgState } from '../state/org-state.ts';
import { toId18 } from '../store/record-id.ts';

/** What a request below `…/sobjects/:object` is about. */
export interface RecordTarget {
  readonly api: 'data' | 'tooling';
  readonly schema: ApiSchema;
  readonly object: ObjectSchema;
  readonly userId: string;
  /** `/services/data/v68.0`, with `/tooling` for that API. */
  readonly base: string;
}

/** @throws RestError 404 NOT_FOUND for an object the user does not have */
export function recordTarget(c: Context<LocalOrgEnv>, org: OrgState, api: 'data' | 'tooling'): RecordTarget {
  const { userId } = c.get('session');
  const schema = schemaFor(org, api, userId);
  const object = schema.object(c.req.param('object') ?? '');
  if (object === undefined) throw resourceNotFound();
  return { api, schema, object, userId, base: resourceBase(c, api) };
}

export function schemaFor(org: OrgState, api: 'data' | 'tooling', userId: string): ApiSchema {
  return visibleSchema(org, userId, api);
}

export function resourceBase(c: Context<LocalOrgEnv>, api: 'data' | 'tooling'): string {
  return `/services/data/${c.req.param('version') ?? ''}${api === 'tooling' ? '/tooling' : ''}`;
}

/** The 18-character id of a path. @throws RestError 400 MALFORMED_ID, 404 NOT_FOUND for another object's id */
export function recordId(target: RecordTarget, segment: string): string {
  const id = toId18(segment);
  if (id === undefined) throw new RestError(400, 'MALFORMED_ID', `malformed id ${segment.slice(0, 40)}`);
  if (id.slice(0, 3) !== target.object.keyPrefix) throw resourceNotFound();
  return id;
}
