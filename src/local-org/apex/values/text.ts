import type { Run } from '../run/run.ts';
import type { FieldSymbol } from '../symbols/symbol.ts';
import { ApexBlob } from './blob.ts';
import { Decimal } from './numbers/decimal.ts';
import { ApexDouble } from './numbers/double.ts';
import { EnumValue } from './enums/enum-value.ts';
import { ExceptionValue } from './exception.ts';
import { Instance } from './instance.ts';
import { ApexList } from './collections/list.ts';
import { ApexMap } from './collections/map.ts';
import { PlatformObject } from './platform-object.ts';
import { SelfDescribing } from './self-describing.ts';
import { ApexSet } from './collections/set.ts';
import { SObject } from './records/sobject.ts';
import { ApexDate, ApexDatetime, ApexTime, msPerDay } from './temporal.ts';
import { SObjectFieldToken, SObjectTypeToken, TypeValue } from './tokens.ts';
import type { Value } from './value.ts';

/** Digits with a point, never an exponent: what BigDecimal calls the plain string. */
export function decimalText({ unscaled, scale }: Decimal): string {
  const sign = unscaled < 0n ? '-' : '';
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString();
  if (scale <= 0) return `${sign}${digits}${unscaled === 0n ? '' : '0'.repeat(-scale)}`;
  const padded = digits.padStart(scale + 1, '0');
  return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}

/** As Java's BigDecimal prints: plain, but for very small numbers, `0E-32`. */
function decimalPrint(value: Decimal): string {
  const digits = String(value.unscaled < 0n ? -value.unscaled : value.unscaled);
  const exponent = digits.length - 1 - value.scale;
  if (exponent >= -6) return decimalText(value);
  const mantissa = digits.length === 1 ? digits : `${digits.charAt(0)}.${digits.slice(1)}`;
  return `${value.unscaled < 0n ? '-' : ''}${mantissa}E${exponent}`;
}

/** As Java writes a double: always with a point, an exponent from 10^7 on and below 10^-3. */
export function doubleText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e7) {
    const text = String(value);
    return text.includes('.') ? text : `${text}.0`;
  }
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`;
}

/** `2026-01-02` */
export function dateText(date: ApexDate): string {
  return new Date(date.days * msPerDay).toISOString().slice(0, 10);
}

/** `2026-01-02 03:04:05`, in GMT. */
export function datetimeText(datetime: ApexDatetime): string {
  return new Date(datetime.time).toISOString().slice(0, 19).replace('T', ' ');
}

/** `03:04:05.006Z` */
export function timeText(time: ApexTime): string {
  return new Date(time.milliseconds).toISOString().slice(11);
}

/** `Foo:[a=1, b=null]`: what an object of the customer's reads like that has no `toString` of its own. */
export function fieldsText(run: Run, instance: Instance): string {
  const shown = (field: FieldSymbol): boolean => !field.isStatic;
  const parts = Array.from(instance.fields)
    .filter(([field]) => shown(field))
    .map(([field, value]) => `${field.name}=${textOf(run, value)}`);
  return `${instance.type.symbol.simpleName}:[${parts.join(', ')}]`;
}

function instanceText(run: Run, instance: Instance): string {
  if (run.hasMethod(instance, 'toString', 0)) return textOf(run, run.invoke(instance, 'toString', []));
  if (instance instanceof ExceptionValue) {
    const name = instance.type.symbol.origin === 'platform' ? instance.type.name : instance.type.symbol.name;
    return `${name}: ${instance.message ?? 'Script-thrown exception'}`;
  }
  return fieldsText(run, instance);
}

function recordText(run: Run, record: SObject): string {
  const parts = Array.from(record.fields)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}=${textOf(run, value)}`);
  return `${record.type.name}:{${parts.join(', ')}}`;
}

/** What a value looks like joined to a String, in `System.debug` and in messages of assertions. */
export function textOf(run: Run, value: Value): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return value;
  if (typeof value !== 'object') return String(value);
  if (value instanceof Decimal) return decimalPrint(value);
  if (value instanceof ApexDouble) return doubleText(value.value);
  if (value instanceof ApexDate) return `${dateText(value)} 00:00:00`;
  if (value instanceof ApexDatetime) return datetimeText(value);
  if (value instanceof ApexTime) return timeText(value);
  if (value instanceof ApexBlob) return `Blob[${value.bytes.length}]`;
  if (value instanceof ApexList) return `(${value.items.map((item) => textOf(run, item)).join(', ')})`;
  if (value instanceof ApexSet) return `{${value.items.map((item) => textOf(run, item)).join(', ')}}`;
  if (value instanceof ApexMap) {
    const entries = value.entries.entries().map(([key, item]) => `${textOf(run, key)}=${textOf(run, item)}`);
    return `{${entries.join(', ')}}`;
  }
  if (value instanceof SObject) return recordText(run, value);
  if (value instanceof Instance) return instanceText(run, value);
  if (value instanceof EnumValue) return value.name;
  if (value instanceof SObjectTypeToken) return value.object;
  if (value instanceof SObjectFieldToken) return value.field;
  if (value instanceof TypeValue) return value.of.name;
  if (value instanceof SelfDescribing) return value.text();
  if (value instanceof PlatformObject) {
    const parts = Array.from(value.properties, ([name, one]) => `${name}=${textOf(run, one)}`);
    return `${value.type.name}[${parts.join(';')}]`;
  }
  return value.type.name;
}
