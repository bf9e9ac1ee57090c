import { idOf } from '../../run/runtime-type.ts';
import type { PrimitiveName } from '../../types/type.ts';
import { ApexBlob } from '../../values/blob.ts';
import { parseDecimal } from '../../values/numbers/decimal-math.ts';
import { ApexDouble } from '../../values/numbers/double.ts';
import type { Value } from '../../values/value.ts';
import { readDate, readDatetime, readTime } from './dates.ts';
import { jsonError } from './text/json-source.ts';
import { wholeNumber } from './text/whole-number.ts';

type Scalar = Exclude<PrimitiveName, 'Object'>;

function readWholeNumber(text: string, bits: 32 | 64): Value {
  const value = wholeNumber(text, bits);
  if (value === undefined) throw jsonError(`For input string: "${text}"`);
  return value;
}

function readBoolean(text: string): boolean {
  const key = text.toLowerCase();
  if (key !== 'true' && key !== 'false') throw jsonError(`Illegal value for boolean: ${text}`);
  return key === 'true';
}

const decimalShape = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

function readDecimal(text: string): Value {
  if (decimalShape.test(text)) return parseDecimal(text);
  const wrong = /[^\d.eE+-]/.exec(text)?.[0];
  if (wrong === undefined) throw jsonError('N/A');
  const problem = 'is neither a decimal digit number, decimal point, nor "e" notation exponential mark.';
  throw jsonError(`Character ${wrong} ${problem}`);
}

function readDouble(text: string): Value {
  if (text.trim() === '') throw jsonError('empty String');
  if (!decimalShape.test(text.trim())) throw jsonError(`For input string: "${text}"`);
  return new ApexDouble(Number(text));
}

const readers: Record<Scalar, (text: string) => Value> = {
  Blob: (text) => new ApexBlob(Buffer.from(text, 'base64')),
  Boolean: readBoolean,
  Date: readDate,
  Datetime: readDatetime,
  Decimal: readDecimal,
  Double: readDouble,
  Id: idOf,
  Integer: (text) => readWholeNumber(text, 32),
  Long: (text) => readWholeNumber(text, 64),
  String: (text) => text,
  Time: readTime,
};

/**
 * A primitive from the text of a string, number or literal: the platform goes by what is written, not by its JSON type.
 * @throws ApexThrown System.JSONException; System.StringException for an invalid Id
 */
export function readScalar(text: string, type: Scalar): Value {
  return readers[type](text);
}
