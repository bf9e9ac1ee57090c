import { describe, expect, it } from 'vitest';
import {
  decimalOf,
  decimalToBigint,
  decimalToHostNumber,
  divideDecimals,
  parseDecimal,
} from '../../../../src/local-org/apex/values/numbers/decimal-math.ts';
import {
  precision,
  setScale,
  withoutTrailingZeros,
} from '../../../../src/local-org/apex/values/numbers/decimal-rounding.ts';
import type { RoundingModeName } from '../../../../src/local-org/apex/values/numbers/decimal-rounding.ts';
import { ApexDouble } from '../../../../src/local-org/apex/values/numbers/double.ts';
import { decimalText } from '../../../../src/local-org/apex/values/text.ts';

function quotient(one: string, other: string): string {
  return decimalText(divideDecimals(parseDecimal(one), parseDecimal(other)));
}

describe('dividing Decimals', () => {
  it.each([
    ['1', '3', '0.333333333333333333333333333333333'],
    ['1', '31', '0.0322580645161290322580645161290323'],
    ['-1', '31', '-0.0322580645161290322580645161290323'],
    ['2', '3', '0.666666666666666666666666666666667'],
    ['100', '3', '33.3333333333333333333333333333333'],
  ])('keeps 33 digits, the last one rounded: %s / %s', (one, other, expected) => {
    expect(quotient(one, other)).toBe(expected);
  });

  it.each([
    ['1.0', '4.0', '0.25'],
    ['4.00', '2', '2.00'],
    ['100', '4', '25'],
    ['10', '0.5', '20'],
    ['0.00', '3', '0.00'],
    ['1', '1024', '0.0009765625'],
  ])('keeps no zeros beyond those of the operands: %s / %s', (one, other, expected) => {
    expect(quotient(one, other)).toBe(expected);
  });

  it('refuses to divide by zero', () => {
    expect(() => quotient('1', '0.00')).toThrow('Divide by 0');
  });
});

describe('rounding', () => {
  // The table of the Apex Reference Guide for System.RoundingMode.
  const examples: readonly (readonly [RoundingModeName, readonly string[]])[] = [
    ['CEILING', ['6', '2', '-1', '-2']],
    ['DOWN', ['5', '1', '-1', '-2']],
    ['FLOOR', ['5', '1', '-2', '-3']],
    ['HALF_DOWN', ['5', '1', '-1', '-3']],
    ['HALF_EVEN', ['6', '1', '-1', '-3']],
    ['HALF_UP', ['6', '1', '-1', '-3']],
    ['UP', ['6', '2', '-2', '-3']],
  ];

  it.each(examples)('%s rounds 5.5, 1.1, -1.1 and -2.7 as documented', (mode, expected) => {
    const rounded = ['5.5', '1.1', '-1.1', '-2.7'].map((text) => decimalText(setScale(parseDecimal(text), 0, mode)));
    expect(rounded).toEqual(expected);
  });

  it('refuses to lose digits where rounding is UNNECESSARY', () => {
    expect(decimalText(setScale(parseDecimal('1.50'), 1, 'UNNECESSARY'))).toBe('1.5');
    expect(() => setScale(parseDecimal('1.55'), 1, 'UNNECESSARY')).toThrow('Rounding necessary');
  });

  it('rounds before the point with a negative scale', () => {
    expect(decimalText(setScale(parseDecimal('4321'), -3, 'HALF_EVEN'))).toBe('4000');
  });
});

describe('a Decimal', () => {
  it('made of a Double has the digits that name it', () => {
    expect(decimalText(decimalOf(new ApexDouble(0.1)))).toBe('0.1');
    expect(decimalText(decimalOf(new ApexDouble(5)))).toBe('5.0');
    expect(decimalText(decimalOf(new ApexDouble(1e21)))).toBe('1000000000000000000000');
    expect(() => decimalOf(new ApexDouble(Number.NaN))).toThrow('Infinite or NaN');
  });

  it('tells its digits and loses zeros at its end', () => {
    expect(precision(parseDecimal('123.45'))).toBe(5);
    expect(decimalText(withoutTrailingZeros(parseDecimal('1.10000')))).toBe('1.1');
    expect(decimalText(withoutTrailingZeros(parseDecimal('0.000')))).toBe('0');
  });

  it('becomes a whole number by cutting and a host number by rounding', () => {
    expect(decimalToBigint(parseDecimal('-1.99'))).toBe(-1n);
    expect(decimalToHostNumber(parseDecimal('0.1'))).toBe(0.1);
  });
});
