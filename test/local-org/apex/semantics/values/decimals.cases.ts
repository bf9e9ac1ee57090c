import type { SemanticsCase } from '../semantics-case.ts';

export const decimals: readonly SemanticsCase[] = [
  {
    name: 'made from text, the scale is the number of places written',
    source: `
      Decimal d = Decimal.valueOf('12.4560');
      System.debug(d.scale());
      System.debug(d);
    `,
    prints: ['4', '12.4560'],
  },
  {
    name: 'a sum has the larger scale',
    source: `
      Decimal a = Decimal.valueOf('1.10');
      Decimal b = Decimal.valueOf('2.5');
      System.debug(a + b);
      System.debug(a - b);
    `,
    prints: ['3.60', '-1.40'],
  },
  {
    name: 'tenths add up without error',
    source: `
      Decimal sum = 0;
      for (Integer i = 0; i < 10; i++) { sum += 0.1; }
      System.debug(sum == 1);
    `,
    prints: ['true'],
  },
  {
    name: 'precision counts all digits, scale those behind the point',
    source: `
      Decimal a = 123.45;
      Decimal b = 123.123;
      System.debug(a.precision() + ' ' + a.scale());
      System.debug(b.precision() + ' ' + b.scale());
    `,
    prints: ['5 2', '6 3'],
  },
  {
    name: 'setScale rounds half to even',
    source: `
      Decimal a = 1.225;
      Decimal b = 1.235;
      System.debug(a.setScale(2));
      System.debug(b.setScale(2));
    `,
    prints: ['1.22', '1.24'],
  },
  {
    name: 'setScale adds zeros',
    source: `
      Decimal d = 1.5;
      System.debug(d.setScale(3));
      Decimal whole = 8;
      System.debug(whole.setScale(2));
    `,
    prints: ['1.500', '8.00'],
  },
  {
    name: 'setScale with a rounding mode',
    source: `
      Decimal d = 1.225;
      System.debug(d.setScale(2, System.RoundingMode.HALF_UP));
      System.debug(d.setScale(2, System.RoundingMode.HALF_DOWN));
      System.debug(d.setScale(2, System.RoundingMode.UP));
      System.debug(d.setScale(2, System.RoundingMode.DOWN));
    `,
    prints: ['1.23', '1.22', '1.23', '1.22'],
  },
  {
    name: 'ceiling and floor look to the sign, up and down do not',
    source: `
      Decimal d = -1.21;
      System.debug(d.setScale(1, System.RoundingMode.CEILING));
      System.debug(d.setScale(1, System.RoundingMode.FLOOR));
      System.debug(d.setScale(1, System.RoundingMode.UP));
      System.debug(d.setScale(1, System.RoundingMode.DOWN));
    `,
    prints: ['-1.2', '-1.3', '-1.3', '-1.2'],
  },
  {
    name: 'rounding that would be needed with UNNECESSARY throws a MathException',
    source: `
      Decimal d = 1.25;
      try {
        d.setScale(1, System.RoundingMode.UNNECESSARY);
      } catch (MathException e) {
        System.debug(e.getTypeName());
      }
    `,
    prints: ['System.MathException'],
  },
  {
    name: 'round goes to the even neighbour',
    source: `
      Decimal a = 4.5;
      Decimal b = 5.5;
      Decimal c = 6.5;
      System.debug(a.round());
      System.debug(b.round());
      System.debug(c.round());
    `,
    prints: ['4', '6', '6'],
  },
  {
    name: 'round with a mode',
    source: `
      Decimal d = 5.5;
      System.debug(d.round(System.RoundingMode.HALF_DOWN));
      System.debug(d.round(System.RoundingMode.HALF_UP));
      System.debug((-5.5).round(System.RoundingMode.HALF_UP));
    `,
    prints: ['5', '6', '-6'],
  },
  {
    name: 'divide gives the scale asked for',
    source: `
      Decimal d = 19;
      System.debug(d.divide(100, 3));
      System.debug(d.divide(3, 2));
    `,
    prints: ['0.190', '6.33'],
  },
  {
    name: 'divide with a rounding mode',
    source: `
      Decimal d = 12.4567;
      System.debug(d.divide(7, 2, System.RoundingMode.UP));
      System.debug(d.divide(7, 2, System.RoundingMode.DOWN));
    `,
    prints: ['1.78', '1.77'],
  },
  {
    name: 'dividing by zero throws',
    source: `
      Decimal d = 1.5;
      System.debug(d / 0);
    `,
    throws: 'System.MathException: Divide by 0',
  },
  {
    name: 'a fraction is exact where it can be',
    source: `
      Decimal d = 1;
      System.debug(d / 4);
      System.debug(d / 8);
    `,
    prints: ['0.25', '0.125'],
  },
  {
    name: 'stripTrailingZeros',
    source: `
      Decimal d = Decimal.valueOf('1.2500');
      System.debug(d.stripTrailingZeros());
      System.debug(d.stripTrailingZeros().scale());
    `,
    prints: ['1.25', '2'],
  },
  {
    name: 'intValue and longValue cut the fraction off',
    source: `
      Decimal d = 4.99;
      System.debug(d.intValue());
      System.debug(d.longValue());
      Decimal n = -4.99;
      System.debug(n.intValue());
    `,
    prints: ['4', '4', '-4'],
  },
  {
    name: 'abs and pow',
    source: `
      Decimal d = -2.5;
      System.debug(d.abs());
      Decimal e = 1.5;
      System.debug(e.pow(2));
      System.debug(e.pow(0));
    `,
    prints: ['2.5', '2.25', '1'],
  },
  {
    name: 'toPlainString has no exponent',
    source: `
      Decimal d = 12345.6789;
      System.debug(d.toPlainString());
    `,
    prints: ['12345.6789'],
  },
  {
    name: 'an Integer becomes a Decimal without places',
    source: `
      Decimal d = 3;
      System.debug(d);
      System.debug(d.scale());
    `,
    prints: ['3', '0'],
  },
  {
    name: 'a Decimal and an Integer of the same number are equal',
    source: `
      Decimal d = 3.0;
      Integer i = 3;
      System.debug(d == i);
      System.debug(d > 2);
      System.debug(d <= 3);
    `,
    prints: ['true', 'true', 'true'],
  },
];
