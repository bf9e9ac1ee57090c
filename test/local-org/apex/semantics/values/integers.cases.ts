import type { SemanticsCase } from '../semantics-case.ts';

export const integers: readonly SemanticsCase[] = [
  {
    name: 'division drops the fraction',
    source: `
      System.debug(7 / 2);
      System.debug(-7 / 2);
      System.debug(1 / 3);
    `,
    prints: ['3', '-3', '0'],
  },
  {
    name: 'the largest Integer plus one is the smallest',
    source: `
      Integer i = 2147483647;
      System.debug(i + 1);
    `,
    prints: ['-2147483648'],
  },
  {
    name: 'the smallest Integer minus one is the largest',
    source: `
      Integer i = -2147483647;
      i--;
      System.debug(i);
      i--;
      System.debug(i);
    `,
    prints: ['-2147483648', '2147483647'],
  },
  {
    name: 'a product that is too large keeps its lower 32 bits',
    source: `
      Integer i = 65536;
      System.debug(i * i);
      System.debug(i * 65537);
    `,
    prints: ['0', '65536'],
  },
  {
    name: 'a product of Integers overflows before it becomes a Long',
    source: `
      Integer i = 2147483647;
      Long l = i * 2;
      System.debug(l);
    `,
    prints: ['-2'],
  },
  {
    name: 'dividing by zero throws',
    source: `
      Integer zero = 0;
      System.debug(1 / zero);
    `,
    throws: 'System.MathException: Divide by 0',
  },
  {
    name: 'postfix gives the old value, prefix the new one',
    source: `
      Integer i = 5;
      System.debug(i++);
      System.debug(i);
      System.debug(++i);
      System.debug(i--);
      System.debug(--i);
    `,
    prints: ['5', '6', '7', '7', '5'],
  },
  {
    name: 'compound assignments',
    source: `
      Integer i = 10;
      i += 5;
      System.debug(i);
      i -= 3;
      System.debug(i);
      i *= 4;
      System.debug(i);
      i /= 5;
      System.debug(i);
    `,
    prints: ['15', '12', '48', '9'],
  },
  {
    name: 'bitwise operators',
    source: `
      System.debug(12 & 10);
      System.debug(12 | 10);
      System.debug(12 ^ 10);
    `,
    prints: ['8', '14', '6'],
  },
  {
    name: 'bitwise compound assignments',
    source: `
      Integer i = 12;
      i &= 10;
      System.debug(i);
      i |= 3;
      System.debug(i);
      i ^= 1;
      System.debug(i);
      i <<= 2;
      System.debug(i);
      i >>= 1;
      System.debug(i);
    `,
    prints: ['8', '11', '10', '40', '20'],
  },
  {
    name: 'a signed shift keeps the sign, an unsigned one does not',
    source: `
      System.debug(1 << 4);
      System.debug(-8 >> 1);
      System.debug(-1 >>> 28);
    `,
    prints: ['16', '-4', '15'],
  },
  {
    name: 'multiplication before addition, brackets before both',
    source: `
      System.debug(2 + 3 * 4);
      System.debug((2 + 3) * 4);
      System.debug(20 - 8 - 2);
      System.debug(24 / 4 / 2);
    `,
    prints: ['14', '20', '10', '3'],
  },
  {
    name: 'arithmetic with null throws',
    source: `
      Integer i;
      System.debug(i + 1);
    `,
    throws: 'System.NullPointerException: Attempt to de-reference a null object',
  },
  {
    name: 'ordering against null is false either way',
    source: `
      Integer i;
      System.debug(i < 1);
      System.debug(i > 1);
      System.debug(i <= 1);
      System.debug(i >= 1);
    `,
    prints: ['false', 'false', 'false', 'false'],
  },
  {
    name: 'a variable without a value is null, not zero',
    source: `
      Integer i;
      System.debug(i == null);
      System.debug(i == 0);
    `,
    prints: ['true', 'false'],
  },
  {
    name: 'text becomes an Integer',
    source: `
      System.debug(Integer.valueOf('123') + 1);
      System.debug(Integer.valueOf('-7'));
    `,
    prints: ['124', '-7'],
  },
  {
    name: 'text that is no number does not',
    source: `Integer.valueOf('12a');`,
    throws: 'System.TypeException: Invalid integer: 12a',
  },
  {
    name: 'chained assignment goes from right to left',
    source: `
      Integer a;
      Integer b;
      a = b = 4;
      System.debug(a + b);
    `,
    prints: ['8'],
  },
  {
    name: 'unary minus',
    source: `
      Integer i = 3;
      System.debug(-i);
      System.debug(-(-i));
      System.debug(4 - -i);
    `,
    prints: ['-3', '3', '7'],
  },
];
