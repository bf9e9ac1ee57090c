import type { Binding, BoundValue } from '../../../soql/conditions/bound-values.ts';
import { runtimeType } from '../../run/runtime-type.ts';
import { Decimal } from '../../values/numbers/decimal.ts';
import { ApexDouble } from '../../values/numbers/double.ts';
import { ApexList } from '../../values/collections/list.ts';
import { isNumber } from '../../values/numbers/numbers.ts';
import type { NumberValue } from '../../values/numbers/numbers.ts';
import { ApexSet } from '../../values/collections/set.ts';
import { SObject } from '../../values/records/sobject.ts';
import { ApexDate, ApexDatetime, msPerDay } from '../../values/temporal.ts';
import { decimalText } from '../../values/text.ts';
import type { Value } from '../../values/value.ts';

function numberOf(value: NumberValue): number {
  if (value instanceof Decimal) return Number(decimalText(value));
  return value instanceof ApexDouble ? value.value : Number(value);
}

/** A record stands for its id. */
function boundValue(value: Value): BoundValue {
  if (value === null) return { kind: 'null' };
  if (typeof value === 'string') return { kind: 'text', value };
  if (typeof value === 'boolean') return { kind: 'boolean', value };
  if (isNumber(value)) return { kind: 'number', value: numberOf(value), type: runtimeType(value).name };
  if (value instanceof ApexDate) return { kind: 'date', value: value.days * msPerDay };
  if (value instanceof ApexDatetime) return { kind: 'datetime', value: value.time };
  if (value instanceof SObject) return boundValue(value.fields.get('Id') ?? null);
  return { kind: 'other', type: runtimeType(value).name };
}

/** What a bind variable of a query stands for, by its value. */
export function bindingOfValue(value: Value): Binding {
  if (value instanceof ApexList || value instanceof ApexSet) {
    return { list: true, values: value.items.map(boundValue) };
  }
  return { list: false, values: [boundValue(value)] };
}
