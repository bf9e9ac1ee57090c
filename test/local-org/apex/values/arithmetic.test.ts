import { describe, expect, it } from 'vitest';
import {
  arithmetic,
  bitwise,
  complement,
  convertNumber,
  negateNumber,
} from '../../../../src/local-org/apex/values/numbers/arithmetic.ts';
import { parseDecimal } from '../../../../src/local-org/apex/values/numbers/decimal-math.ts';
import { Decimal } from '../../../../src/local-org/apex/values/numbers/decimal.ts';
import { ApexDouble } from '../../../../src/local-org/apex/values/numbers/double.ts';

const greatestInteger = 2_147_483_647;
const smallestInteger = -2_147_483_648;
const greatestLong = 9_223_372_036_854_775_807n;

describe('Integers and Longs', () => {
  it('wrap around', () => {
    expect(arithmetic('+', greatestInteger, 1)).toBe(smallestInteger);
    expect(arithmetic('*', 65_536, 65_537)).toBe(65_536);
    expect(arithmetic('/', smallestInteger, -1)).toBe(smallestInteger);
    expect(negateNumber(smallestInteger)).toBe(smallestInteger);
    expect(arithmetic('+', greatestLong, 1n)).toBe(-9_223_372_036_854_775_808n);
  });

  it('divide without a rest, towards zero', () => {
    expect(arithmetic('/', -7, 2)).toBe(-3);
    expect(arithmetic('/', -7n, 2)).toBe(-3n);
  });

  it('never become a negative zero', () => {
    expect(Object.is(negateNumber(0), 0)).toBe(true);
    expect(Object.is(arithmetic('/', 0, -5), 0)).toBe(true);
  });
});

describe('mixed operands', () => {
  it('are of the wider type', () => {
    expect(arithmetic('+', 1, 2n)).toBe(3n);
    expect(arithmetic('*', 2, new ApexDouble(1.5))).toEqual(new ApexDouble(3));
    expect(arithmetic('+', new ApexDouble(0.5), parseDecimal('1.25'))).toEqual(new Decimal(175n, 2));
    expect(arithmetic('*', parseDecimal('1.10'), 2)).toEqual(new Decimal(220n, 2));
  });

  it('are never divided by zero', () => {
    for (const zero of [0, 0n, new ApexDouble(0), new Decimal(0n, 2)])
      expect(() => arithmetic('/', 1, zero)).toThrow('Divide by 0');
  });
});

describe('conversions', () => {
  it('cut what is behind the point', () => {
    expect(convertNumber(parseDecimal('-1.9'), 'Integer')).toBe(-1);
    expect(convertNumber(new ApexDouble(2.9), 'Long')).toBe(2n);
  });

  it('keep the lowest bits of whole numbers and the limits of Doubles', () => {
    expect(convertNumber(4_294_967_297n, 'Integer')).toBe(1);
    expect(convertNumber(new ApexDouble(1e20), 'Integer')).toBe(greatestInteger);
    expect(convertNumber(new ApexDouble(-1e20), 'Integer')).toBe(smallestInteger);
    expect(convertNumber(new ApexDouble(Number.NaN), 'Integer')).toBe(0);
  });

  it('widen', () => {
    expect(convertNumber(7, 'Long')).toBe(7n);
    expect(convertNumber(7, 'Double')).toEqual(new ApexDouble(7));
    expect(convertNumber(7n, 'Decimal')).toEqual(new Decimal(7n, 0));
  });
});

describe('bits', () => {
  it('are shifted by the lowest bits of the distance', () => {
    expect(bitwise('<<', 1, 33)).toBe(2);
    expect(bitwise('<<', 1n, 65)).toBe(2n);
    expect(bitwise('>>', -8, 1)).toBe(-4);
    expect(bitwise('>>>', -1, 28)).toBe(15);
    expect(bitwise('>>>', -1n, 60)).toBe(15n);
    expect(bitwise('>>>', -1, 0)).toBe(-1);
  });

  it('are joined in the wider type', () => {
    expect(bitwise('&', 12, 10)).toBe(8);
    expect(bitwise('|', 12, 10n)).toBe(14n);
    expect(bitwise('^', 12, 10)).toBe(6);
    expect(complement(0)).toBe(-1);
    expect(complement(5n)).toBe(-6n);
  });
});
