import { toId18 } from '../../store/record-id.ts';
import { isAssignable } from '../types/conversion.ts';
import type { ApexType } from '../types/type.ts';
import { isPrimitive, nullType, primitives } from '../types/type.ts';
import { apexError } from '../values/exception.ts';
import { convertNumber } from '../values/numbers/arithmetic.ts';
import { isNumber } from '../values/numbers/numbers.ts';
import type { NumberValue } from '../values/numbers/numbers.ts';
import type { Value } from '../values/value.ts';

/** The type of a value as it is. A text is a String: whether it is an Id shows only when it is asked for one. */
export function runtimeType(value: Value): ApexType {
  if (value === null) return nullType;
  switch (typeof value) {
    case 'boolean':
      return primitives.Boolean;
    case 'number':
      return primitives.Integer;
    case 'bigint':
      return primitives.Long;
    case 'string':
      return primitives.String;
    default:
      return value.type;
  }
}

const known = new WeakMap<ApexType, Map<string, boolean>>();

/** Whether an object of one type is one of another; asked over and over for the same pairs. */
function isKindOf(actual: ApexType, type: ApexType): boolean {
  let answers = known.get(type);
  if (answers === undefined) {
    answers = new Map();
    known.set(type, answers);
  }
  let answer = answers.get(actual.key);
  if (answer === undefined) {
    answer = isAssignable(actual, type);
    answers.set(actual.key, answer);
  }
  return answer;
}

/** `value instanceof type`: null is an instance of nothing, and numbers are of their own width alone. */
export function isInstance(value: Value, type: ApexType): boolean {
  if (value === null) return false;
  if (isPrimitive(type, 'Object') || type.kind === 'unknown') return true;
  if (isNumber(value)) return runtimeType(value).key === type.key;
  if (typeof value === 'string' && isPrimitive(type, 'Id')) return toId18(value) !== undefined;
  return isKindOf(runtimeType(value), type);
}

/** An Id from text. @throws ApexThrown System.StringException */
export function idOf(text: string): string {
  const id = toId18(text);
  if (id === undefined) throw apexError('System.StringException', `Invalid id: ${text}`);
  return id;
}

function numberTo(value: NumberValue, type: ApexType): Value {
  return isPrimitive(type, 'Integer', 'Long', 'Double', 'Decimal') && type.kind === 'primitive'
    ? convertNumber(value, type.primitive as 'Integer')
    : value;
}

/** `(type) value`. @throws ApexThrown System.TypeException where the value is none */
export function castTo(value: Value, type: ApexType): Value {
  if (value === null || type.kind === 'unknown' || isPrimitive(type, 'Object')) return value;
  if (isNumber(value) && isPrimitive(type, 'Integer', 'Long', 'Double', 'Decimal')) return numberTo(value, type);
  if (typeof value === 'string' && isPrimitive(type, 'Id')) return idOf(value);
  const actual = runtimeType(value);
  if (isKindOf(actual, type)) return value;
  throw apexError('System.TypeException', `Invalid conversion from runtime type ${actual.name} to ${type.name}`);
}
