import type { FieldValue } from '../../state/record-store.ts';
import type { Operand } from './literals.ts';
import { fieldText } from '../../state/field-text.ts';

export type Ordering = '=' | '!=' | '<' | '<=' | '>' | '>=';

/**
 * Compares a field's value with an operand as SOQL does: text without case, an unset field equal to null and to the empty
 * string, different from everything else, and neither less nor greater than anything.
 */
export function compare(value: FieldValue, operator: Ordering, operand: Operand): boolean {
  if (operator === '!=') return !compare(value, '=', operand);
  if (value === null || value === '') {
    return operator === '=' && (operand.kind === 'null' || (operand.kind === 'text' && operand.value === ''));
  }
  switch (operand.kind) {
    case 'null':
      return false;
    case 'boolean':
      return operator === '=' && value === operand.value;
    case 'id':
      return holds(operator, compareText(fieldText(value), operand.value));
    case 'text':
      return holds(operator, compareText(textOf(value).toLowerCase(), operand.value));
    case 'number':
      return holds(operator, Number(value) - operand.value);
    case 'range':
      return inRange(timeOf(value), operator, operand.value.start, operand.value.end);
  }
}

/** A date literal is a stretch of time: before it, in it, after it. */
function inRange(time: number, operator: Ordering, start: number, end: number): boolean {
  switch (operator) {
    case '=':
      return time >= start && time < end;
    case '!=':
      return time < start || time >= end;
    case '<':
      return time < start;
    case '<=':
      return time < end;
    case '>':
      return time >= end;
    case '>=':
      return time >= start;
  }
}

function holds(operator: Ordering, difference: number): boolean {
  switch (operator) {
    case '=':
      return difference === 0;
    case '!=':
      return difference !== 0;
    case '<':
      return difference < 0;
    case '<=':
      return difference <= 0;
    case '>':
      return difference > 0;
    case '>=':
      return difference >= 0;
  }
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Milliseconds since 1970 of a stored date or date-time. */
export function timeOf(value: FieldValue): number {
  return Date.parse(fieldText(value));
}

function textOf(value: FieldValue): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A LIKE pattern: `%` any characters, `_` one, both literal after a backslash; case does not matter. */
export function likePattern(pattern: string): RegExp {
  const source = pattern.replaceAll(/\\([%_\\])|[%_]|[.*+?^${}()|[\]\\]/g, (match, escaped?: string) => {
    if (escaped !== undefined) return escaped === '\\' ? '\\\\' : escaped;
    if (match === '%') return '.*';
    return match === '_' ? '.' : `\\${match}`;
  });
  return new RegExp(`^${source}$`, 'isu');
}
