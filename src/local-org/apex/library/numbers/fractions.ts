import { convertNumber } from '../../values/numbers/arithmetic.ts';
import { absoluteDecimal, decimalOf, divideToScale } from '../../values/numbers/decimal-math.ts';
import { precision, setScale, withoutTrailingZeros } from '../../values/numbers/decimal-rounding.ts';
import { Decimal } from '../../values/numbers/decimal.ts';
import type { ApexDouble } from '../../values/numbers/double.ts';
import { apexError } from '../../values/exception.ts';
import { isNumber } from '../../values/numbers/numbers.ts';
import { decimalText, textOf } from '../../values/text.ts';
import type { Value } from '../../values/value.ts';
import type { NativeClass } from '../native.ts';
import { integerArgument, methodsOf, nullArgument } from '../native.ts';
import { decimalFromText, doubleFromText, formatNumber, invalidNumber } from './number-text.ts';
import { decimalToLong, doubleToLong, roundingMode } from './rounding.ts';

/** Places behind the point (below 0: before it) that `setScale` and `divide` take. */
const widestScale = 33;
const greatestExponent = 32_767;

function scaleArgument(args: readonly Value[], index: number): number {
  const scale = integerArgument(args, index);
  if (Math.abs(scale) <= widestScale) return scale;
  throw apexError('System.MathException', `Scale must be between -${widestScale} and ${widestScale}: ${scale}`);
}

function power(base: Decimal, exponent: number): Decimal {
  if (exponent < 0 || exponent > greatestExponent) throw apexError('System.MathException', 'Invalid operation');
  return new Decimal(base.unscaled ** BigInt(exponent), base.scale * exponent);
}

function divide(one: Decimal, args: readonly Value[]): Decimal {
  const [divisor] = args;
  if (!(divisor instanceof Decimal)) throw nullArgument();
  const mode = args.length > 2 ? roundingMode(args[2]) : 'HALF_EVEN';
  return divideToScale(one, divisor, scaleArgument(args, 1), mode);
}

export const decimalClass: NativeClass = {
  name: 'Decimal',
  statics: {
    valueof: (_run, [value = null]) => {
      if (typeof value === 'string') return decimalFromText(value);
      if (value !== null && isNumber(value)) return decimalOf(value);
      throw nullArgument();
    },
  },
  methods: methodsOf<Decimal>({
    abs: (_run, self) => absoluteDecimal(self),
    divide: (_run, self, args) => divide(self, args),
    doublevalue: (_run, self) => convertNumber(self, 'Double'),
    format: (run, self) => formatNumber(run, self),
    intvalue: (_run, self) => convertNumber(self, 'Integer'),
    longvalue: (_run, self) => convertNumber(self, 'Long'),
    pow: (_run, self, args) => power(self, integerArgument(args, 0)),
    precision: (_run, self) => precision(self),
    round: (_run, self, args) => decimalToLong(self, args.length > 0 ? roundingMode(args[0]) : 'HALF_EVEN'),
    scale: (_run, self) => self.scale,
    setscale: (_run, self, args) =>
      setScale(self, scaleArgument(args, 0), args.length > 1 ? roundingMode(args[1]) : 'HALF_EVEN'),
    striptrailingzeros: (_run, self) => withoutTrailingZeros(self),
    toplainstring: (_run, self) => decimalText(self),
  }),
};

export const doubleClass: NativeClass = {
  name: 'Double',
  statics: {
    valueof: (run, [value = null]) => {
      if (value === null) throw nullArgument();
      if (typeof value === 'string') return doubleFromText(value);
      if (isNumber(value)) return convertNumber(value, 'Double');
      throw invalidNumber('double', textOf(run, value));
    },
  },
  methods: methodsOf<ApexDouble>({
    format: (run, self) => formatNumber(run, self),
    intvalue: (_run, self) => convertNumber(self, 'Integer'),
    longvalue: (_run, self) => convertNumber(self, 'Long'),
    round: (_run, self) => doubleToLong(self.value),
  }),
};
