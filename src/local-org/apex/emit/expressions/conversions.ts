import { idOf } from '../../run/runtime-type.ts';
import type { Code } from '../../run/frame.ts';
import type { ApexType, PrimitiveName } from '../../types/type.ts';
import { isNumeric, isPrimitive } from '../../types/type.ts';
import { convertNumber } from '../../values/numbers/arithmetic.ts';
import { apexError } from '../../values/exception.ts';
import { ApexList } from '../../values/collections/list.ts';
import { isNumber } from '../../values/numbers/numbers.ts';
import { ApexDate, ApexDatetime, msPerDay } from '../../values/temporal.ts';
import type { Value } from '../../values/value.ts';

/** The one record of a query that is assigned to a record. @throws ApexThrown System.QueryException */
export function singleRow(value: Value): Value {
  if (!(value instanceof ApexList)) return value;
  const [row = null] = value.items;
  if (row === null) throw apexError('System.QueryException', 'List has no rows for assignment to SObject');
  if (value.items.length > 1) {
    throw apexError('System.QueryException', 'List has more than 1 row for assignment to SObject');
  }
  return row;
}

function toNumber(name: 'Integer' | 'Long' | 'Double' | 'Decimal'): (value: Value) => Value {
  return (value) => (isNumber(value) ? convertNumber(value, name) : value);
}

function toId(value: Value): Value {
  return typeof value === 'string' ? idOf(value) : value;
}

function toDatetime(value: Value): Value {
  return value instanceof ApexDate ? new ApexDatetime(value.days * msPerDay) : value;
}

const numberNames = new Set<PrimitiveName>(['Integer', 'Long', 'Double', 'Decimal']);

/** What a value of one static type has to become to be of another; undefined where it stays as it is. */
export function conversion(from: ApexType, to: ApexType): ((value: Value) => Value) | undefined {
  if (from.key === to.key) return undefined;
  if (from.kind === 'rows') return to.kind === 'sobject' ? singleRow : undefined;
  if (to.kind !== 'primitive') return undefined;
  const { primitive } = to;
  if (numberNames.has(primitive)) {
    return isNumeric(from) || from.kind === 'unknown' ? toNumber(primitive as 'Integer') : undefined;
  }
  if (primitive === 'Id') return isPrimitive(from, 'String') || from.kind === 'unknown' ? toId : undefined;
  if (primitive === 'Datetime') return isPrimitive(from, 'Date') || from.kind === 'unknown' ? toDatetime : undefined;
  return undefined;
}

/** An expression whose value is converted as an assignment, an argument or a return does it. */
export function converted(code: Code, from: ApexType, to: ApexType): Code {
  const convert = conversion(from, to);
  return convert === undefined ? code : (frame) => convert(code(frame));
}
