import type { Run } from '../../run/run.ts';
import { arithmetic, convertNumber, negateNumber } from '../../values/numbers/arithmetic.ts';
import { decimalOf, decimalToHostNumber } from '../../values/numbers/decimal-math.ts';
import { setScale } from '../../values/numbers/decimal-rounding.ts';
import type { RoundingModeName } from '../../values/numbers/decimal-rounding.ts';
import { Decimal } from '../../values/numbers/decimal.ts';
import { ApexDouble } from '../../values/numbers/double.ts';
import { apexError } from '../../values/exception.ts';
import { compareNumbers, isNumber } from '../../values/numbers/numbers.ts';
import type { NumberValue } from '../../values/numbers/numbers.ts';
import type { Value } from '../../values/value.ts';
import type { NativeClass, StaticNative } from '../native.ts';
import { nullArgument } from '../native.ts';
import { decimalToInteger, decimalToLong, doubleToInteger, doubleToLong } from './rounding.ts';

function numberArgument(args: readonly Value[], index: number): NumberValue {
  const value = args[index] ?? null;
  if (value === null || !isNumber(value)) throw nullArgument();
  return value;
}

function hostArgument(args: readonly Value[], index: number): number {
  const value = numberArgument(args, index);
  if (value instanceof ApexDouble) return value.value;
  return value instanceof Decimal ? decimalToHostNumber(value) : Number(value);
}

/** A function of real numbers: of Doubles a Double, of Decimals a Decimal with a Double's digits. */
function real(of: (...values: number[]) => number): StaticNative {
  return (_run, args) => {
    const result = new ApexDouble(of(...args.map((_value, index) => hostArgument(args, index))));
    return args[0] instanceof Decimal ? decimalOf(result) : result;
  };
}

/** To a whole number that stays of its type; a Decimal is rounded exactly. */
function whole(mode: RoundingModeName, ofDouble: (value: number) => number): StaticNative {
  return (_run, args) => {
    const value = numberArgument(args, 0);
    return value instanceof Decimal ? setScale(value, 0, mode) : new ApexDouble(ofDouble(hostArgument(args, 0)));
  };
}

/** To the nearest even number where two are as near, as IEEE 754 rounds. */
function nearestEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return rest < 0.5 ? floor : floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}

/** One of two, as a Decimal where either is one. */
function chosen(isFirst: (order: number) => boolean): StaticNative {
  return (_run, args) => {
    const [one, other] = [numberArgument(args, 0), numberArgument(args, 1)];
    const order = compareNumbers(one, other);
    if (Number.isNaN(order)) return new ApexDouble(Number.NaN);
    const best = isFirst(order) ? one : other;
    return one instanceof Decimal || other instanceof Decimal ? decimalOf(best) : best;
  };
}

function absolute(value: NumberValue): NumberValue {
  if (value instanceof ApexDouble) return new ApexDouble(Math.abs(value.value));
  return compareNumbers(value, 0) < 0 ? negateNumber(value) : value;
}

/** The rest has the sign of the dividend. */
function modulo(args: readonly Value[]): Value {
  const [one, other] = [numberArgument(args, 0), numberArgument(args, 1)];
  if (typeof one === 'number' && typeof other === 'number') {
    if (other === 0) throw apexError('System.MathException', 'Divide by 0');
    return (one % other) | 0;
  }
  const [dividend, divisor] = [convertNumber(one, 'Long'), convertNumber(other, 'Long')];
  return arithmetic('-', dividend, arithmetic('*', arithmetic('/', dividend, divisor), divisor));
}

/** A double from 0 up to, not including, 1: 53 random bits. */
function randomDouble(run: Run): ApexDouble {
  const bits = run.random(7).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n) >> 3n;
  return new ApexDouble(Number(bits) / 2 ** 53);
}

/** Functions of one number that the host computes by the same name. */
const functions = [
  'acos',
  'asin',
  'atan',
  'cbrt',
  'cos',
  'cosh',
  'exp',
  'log',
  'log10',
  'sin',
  'sinh',
  'sqrt',
  'tan',
  'tanh',
] as const;

export const mathClass: NativeClass = {
  name: 'System.Math',
  staticFields: {
    e: () => new ApexDouble(Math.E),
    pi: () => new ApexDouble(Math.PI),
  },
  statics: {
    ...Object.fromEntries(functions.map((name) => [name, real((value = 0) => Math[name](value))])),
    abs: (_run, args) => absolute(numberArgument(args, 0)),
    atan2: real((y = 0, x = 0) => Math.atan2(y, x)),
    ceil: whole('CEILING', Math.ceil),
    floor: whole('FLOOR', Math.floor),
    max: chosen((order) => order >= 0),
    min: chosen((order) => order <= 0),
    mod: (_run, args) => modulo(args),
    pow: real((base = 0, exponent = 0) => base ** exponent),
    random: randomDouble,
    rint: whole('HALF_EVEN', nearestEven),
    round: (_run, args) => {
      const value = numberArgument(args, 0);
      return value instanceof Decimal ? decimalToInteger(value, 'HALF_EVEN') : doubleToInteger(hostArgument(args, 0));
    },
    roundtolong: (_run, args) => {
      const value = numberArgument(args, 0);
      return value instanceof Decimal ? decimalToLong(value, 'HALF_EVEN') : doubleToLong(hostArgument(args, 0));
    },
    signum: real((value = 0) => Math.sign(value)),
  },
};
