import type { FieldSchema } from '../../../schema/schema.ts';
import { platformConstants } from '../../values/enums/platform-enums.ts';
import type { EnumValue } from '../../values/enums/enum-value.ts';

/** Describe types whose `DisplayType` has another name. */
const displayNames: Readonly<Record<string, string>> = { int: 'INTEGER' };

/** Describe types whose `SoapType` is not `STRING`. */
const soapNames: Readonly<Record<string, string>> = {
  address: 'ADDRESS',
  anytype: 'ANYTYPE',
  base64: 'BASE64BINARY',
  boolean: 'BOOLEAN',
  currency: 'DOUBLE',
  date: 'DATE',
  datetime: 'DATETIME',
  double: 'DOUBLE',
  id: 'ID',
  int: 'INTEGER',
  location: 'LOCATION',
  long: 'LONG',
  percent: 'DOUBLE',
  reference: 'ID',
  time: 'TIME',
};

function constant(typeName: string, name: string): EnumValue | null {
  return platformConstants(typeName).find((one) => one.name === name) ?? null;
}

/** `Schema.DisplayType` of a field; null for the few types that Apex has no constant for. */
export function displayType(field: FieldSchema): EnumValue | null {
  return constant('Schema.DisplayType', displayNames[field.type] ?? field.type.toUpperCase());
}

/** `Schema.SoapType` of a field. */
export function soapType(field: FieldSchema): EnumValue | null {
  return constant('Schema.SoapType', soapNames[field.type] ?? 'STRING');
}
