import type { ObjectSchema } from '../../schema/schema.ts';
import { resolvePath } from '../field-path.ts';
import type { QueryContext } from '../query-context.ts';
import type { ConditionTree } from './condition-tree.ts';
import { operandsOf } from './right-side.ts';

/** Rows a condition can be true for, by the values of one field. */
export interface Candidates {
  readonly field: string;
  readonly ids: ReadonlySet<string>;
}

/**
 * Finds in a WHERE clause a condition all results must meet that names ids outright (`Id = …`, `ParentId IN …`): then
 * nothing else has to be looked at. The clause must have been checked: its own errors are not looked for here.
 * @returns undefined if all rows have to be looked at
 */
export function candidatesOf(
  context: QueryContext,
  object: ObjectSchema,
  tree: ConditionTree,
  alias: string | undefined,
): Candidates | undefined {
  if (tree.kind === 'and') {
    let best: Candidates | undefined;
    for (const term of tree.terms) {
      const found = candidatesOf(context, object, term, alias);
      if (found !== undefined && (best === undefined || found.ids.size < best.ids.size)) best = found;
    }
    return best;
  }
  if (tree.kind !== 'compare' || !('field' in tree.comparison) || 'valueQuery' in tree.comparison) return undefined;
  const { comparison } = tree;
  if (comparison.operator !== '=' && comparison.operator !== 'IN') return undefined;
  const { steps, field } = resolvePath(context, object, comparison.field, alias);
  if (steps.length > 0 || (field.type !== 'id' && field.type !== 'reference')) return undefined;
  const ids = new Set<string>();
  for (const operand of operandsOf(context, field, comparison.field, comparison)) {
    // A search for null is one for rows without the field: no index knows them.
    if (operand.kind !== 'id' || operand.value === '') return undefined;
    ids.add(operand.value);
  }
  return { field: field.name, ids };
}
