import type { SoqlValue } from '../../parse/ast/ast-queries.ts';
import type { SObjectField } from '../../types/sobject-fields.ts';
import { isNumeric, isPrimitive } from '../../types/type.ts';

/** Why a literal cannot be compared with a field, in the query engine's words; undefined where it can, or nobody knows. */
export function checkLiteral(value: Extract<SoqlValue, { kind: 'literal' }>, field: SObjectField): string | undefined {
  const { type, name } = field;
  const quotable = !isPrimitive(type, 'Boolean', 'Date', 'Datetime') && !isNumeric(type);
  const known = type.kind === 'primitive' && !isPrimitive(type, 'Object');
  if (!known || value.type === 'null') return undefined;
  const sort = field.schema?.type ?? type.name;
  if (value.type === 'string' && !quotable) {
    return `filter criteria value for field '${name}' must be of type ${sort} and should not be enclosed in quotes`;
  }
  if (value.type === 'boolean' && !isPrimitive(type, 'Boolean'))
    return `value of filter criterion for field '${name}' must be of type ${sort}`;
  if (value.type === 'number' && (isPrimitive(type, 'String', 'Id', 'Boolean') || type.name.startsWith('Date'))) {
    return `value of filter criterion for field '${name}' must be of type ${sort} and should be enclosed in quotes`;
  }
  return undefined;
}
