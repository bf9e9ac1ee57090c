import type { Run } from '../../run/run.ts';
import { parseDecimal } from '../../values/numbers/decimal-math.ts';
import { Decimal } from '../../values/numbers/decimal.ts';
import { ApexDouble } from '../../values/numbers/double.ts';
import { apexError } from '../../values/exception.ts';
import type { NumberValue } from '../../values/numbers/numbers.ts';
import { decimalText } from '../../values/text.ts';
import { languageTag, userLocale } from '../time/user-locale.ts';

export function invalidNumber(kind: 'integer' | 'long' | 'double' | 'decimal', text: string): Error {
  return apexError('System.TypeException', `Invalid ${kind}: ${text}`);
}

/** A signed whole number, as Java reads one: no spaces, no point. @throws ApexThrown System.TypeException */
function wholeNumber(kind: 'integer' | 'long', text: string, bits: 32 | 64): bigint {
  if (!/^[+-]?\d+$/.test(text)) throw invalidNumber(kind, text);
  const size = BigInt(text.replace(/^[+-]/, ''));
  const value = text.startsWith('-') ? -size : size;
  if (BigInt.asIntN(bits, value) !== value) throw invalidNumber(kind, text);
  return value;
}

/** @throws ApexThrown System.TypeException `Invalid integer: x` */
export function integerFromText(text: string): number {
  return Number(wholeNumber('integer', text, 32));
}

/** @throws ApexThrown System.TypeException `Invalid long: x` */
export function longFromText(text: string): bigint {
  return wholeNumber('long', text, 64);
}

const fraction = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?`;
const decimalShape = new RegExp(`^${fraction}$`);
const doubleShape = new RegExp(String.raw`^\s*(${fraction})[dDfF]?\s*$`);

/** @throws ApexThrown System.TypeException `Invalid decimal: x` */
export function decimalFromText(text: string): Decimal {
  if (!decimalShape.test(text)) throw invalidNumber('decimal', text);
  return parseDecimal(text);
}

/** @throws ApexThrown System.TypeException `Invalid double: x` */
export function doubleFromText(text: string): ApexDouble {
  const [, digits] = doubleShape.exec(text) ?? [];
  if (digits === undefined) throw invalidNumber('double', text);
  return new ApexDouble(Number(digits));
}

function digitsOf(value: NumberValue): number | bigint | Intl.StringNumericLiteral {
  if (value instanceof ApexDouble) return value.value;
  return value instanceof Decimal ? (decimalText(value) as Intl.StringNumericLiteral) : value;
}

/** A number as people write it where the user lives: groups of digits, three places at most (`12,345.679`). */
export function formatNumber(run: Run, value: NumberValue): string {
  const format = new Intl.NumberFormat(languageTag(userLocale(run)), {
    maximumFractionDigits: 3,
    roundingMode: 'halfEven',
  });
  return format.format(digitsOf(value));
}
