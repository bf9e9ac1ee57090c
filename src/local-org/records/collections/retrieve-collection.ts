import type { Context } from 'hono';

import { jsonObject } from '../../http/json-body.ts';
import { RestError } from '../../http/rest-error.ts';
import type { LocalOrgEnv } from '../../http/route.ts';
import type { OrgState } from '../../state/org-state.ts';
import { toId18 } from '../../store/record-id.ts';
import { readRecord } from '../read-record.ts';
import { recordTarget } from '../record-target.ts';
import { checkCount } from './collection-body.ts';

/** Records one request may ask for in its body (REST API guide, "Get Records With a Request Body"). */
const MAX_RETRIEVED = 2000;

/** `GET …/composite/sobjects/Case?ids=…&fields=…` */
export function retrieveByQuery(c: Context<LocalOrgEnv>, org: OrgState): Response {
  const ids = (c.req.query('ids') ?? '').split(',').filter((id) => id !== '');
  return retrieved(c, org, ids, c.req.query('fields')?.split(','));
}

/** `POST …/composite/sobjects/Case` with `ids` and `fields` in the body, for more than a URL can hold. */
export async function retrieveByBody(c: Context<LocalOrgEnv>, org: OrgState): Promise<Response> {
  const body = await jsonObject(c);
  return retrieved(c, org, textsOf(body, 'ids'), textsOf(body, 'fields'));
}

/** One record for each id, in their order; null where there is none. */
function retrieved(
  c: Context<LocalOrgEnv>,
  org: OrgState,
  ids: readonly string[],
  fields: readonly string[] | undefined,
): Response {
  checkCount(ids.length, MAX_RETRIEVED);
  const target = recordTarget(c, org, 'data');
  const names = fields?.map((name) => name.trim());
  return c.json(
    ids.map((text) => {
      const id = toId18(text);
      const isThere = id !== undefined && org.records.get(target.object.name, id) !== undefined;
      return isThere ? readRecord(org, target, id, names) : null;
    }),
  );
}

function textsOf(body: Record<string, unknown>, key: string): string[] {
  const value = body[key];
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value;
  throw new RestError(400, 'JSON_PARSER_ERROR', `${key} must be a list of strings`);
}
