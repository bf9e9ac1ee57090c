import type { Query } from '@jetstreamapp/soql-parser-js';

import { RestError } from '../http/rest-error.ts';
import type { ObjectSchema } from '../schema/schema.ts';
import { userHasPermission } from '../records/user-permission-row.ts';
import { conditionTree } from './conditions/condition-tree.ts';
import type { ConditionTree } from './conditions/condition-tree.ts';
import type { QueryContext } from './query-context.ts';

const LINK_FIELDS = new Set(['id', 'contentdocumentid', 'linkedentityid']);

/**
 * Objects that may not be queried freely: ContentDocumentLink without one of its ids, unless the user may query all files.
 * @throws RestError 400 MALFORMED_QUERY
 */
export function checkRestrictions(context: QueryContext, object: ObjectSchema, query: Query): void {
  if (object.name !== 'ContentDocumentLink') return;
  if (userHasPermission(context.org, context.access.userId, 'QueryAllFiles')) return;
  const tree = query.where === undefined ? undefined : conditionTree(context, query.where);
  if (tree !== undefined && hasLinkFilter(tree)) return;
  throw new RestError(
    400,
    'MALFORMED_QUERY',
    "Implementation restriction: ContentDocumentLink requires a filter by a single Id on ContentDocumentId or LinkedEntityId using the equals operator or multiple Id's using the IN operator.",
  );
}

function hasLinkFilter(tree: ConditionTree): boolean {
  if (tree.kind === 'and') return tree.terms.some(hasLinkFilter);
  if (tree.kind !== 'compare' || !('field' in tree.comparison)) return false;
  const { field, operator } = tree.comparison;
  return LINK_FIELDS.has(field.toLowerCase()) && (operator === '=' || operator === 'IN');
}

/**
 * `Metadata` and `FullName` are given for one row at a time (Tooling API guide).
 * @throws RestError 400 MALFORMED_QUERY
 */
export function checkToolingMetadata(context: QueryContext, query: Query, count: number): void {
  if (context.api !== 'tooling' || count <= 1) return;
  const asked = (query.fields ?? []).some(
    (field) => field.type === 'Field' && ['metadata', 'fullname'].includes(field.field.toLowerCase()),
  );
  if (!asked) return;
  throw new RestError(
    400,
    'MALFORMED_QUERY',
    `When retrieving results with Metadata or FullName fields, the query qualifications must specify no more than one row for retrieval. Result size: ${count}`,
  );
}
