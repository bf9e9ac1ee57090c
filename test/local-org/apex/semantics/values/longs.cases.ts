import type { SemanticsCase } from '../semantics-case.ts';

export const longs: readonly SemanticsCase[] = [
  {
    name: 'a literal with L goes beyond an Integer',
    source: `
      Long l = 2147483648L;
      System.debug(l);
    `,
    prints: ['2147483648'],
  },
  {
    name: 'an Integer becomes a Long by itself',
    source: `
      Integer i = 2147483647;
      Long l = i;
      l = l + 1;
      System.debug(l);
    `,
    prints: ['2147483648'],
  },
  {
    name: 'arithmetic of a Long and an Integer is a Long',
    source: `
      Integer i = 2147483647;
      System.debug(i * 2L);
      System.debug(1L + i);
    `,
    prints: ['4294967294', '2147483648'],
  },
  {
    name: 'the largest Long plus one is the smallest',
    source: `
      Long l = 9223372036854775807L;
      System.debug(l + 1);
    `,
    prints: ['-9223372036854775808'],
  },
  {
    name: 'intValue keeps a number that fits',
    source: `
      Long l = 7191138L;
      Integer i = l.intValue();
      System.debug(i + 1);
    `,
    prints: ['7191139'],
  },
  {
    name: 'division drops the fraction',
    source: `
      Long l = 10000000000L;
      System.debug(l / 3);
      System.debug(-l / 3);
    `,
    prints: ['3333333333', '-3333333333'],
  },
  {
    name: 'dividing by zero throws',
    source: `
      Long zero = 0L;
      System.debug(5L / zero);
    `,
    throws: 'System.MathException: Divide by 0',
  },
  {
    name: 'text becomes a Long',
    source: `System.debug(Long.valueOf('123456789123') + 1);`,
    prints: ['123456789124'],
  },
  {
    name: 'a Long and an Integer of the same number are equal',
    source: `
      Long l = 5L;
      Integer i = 5;
      System.debug(l == i);
      System.debug(l != i);
    `,
    prints: ['true', 'false'],
  },
  {
    name: 'shifts reach all 64 bits',
    source: `
      System.debug(1L << 40);
      System.debug(1099511627776L >> 38);
    `,
    prints: ['1099511627776', '4'],
  },
  {
    name: 'arithmetic with null throws',
    source: `
      Long l;
      System.debug(l * 2L);
    `,
    throws: 'System.NullPointerException: Attempt to de-reference a null object',
  },
  {
    name: 'increments and compound assignments',
    source: `
      Long l = 4294967295L;
      l++;
      System.debug(l);
      l += 4;
      System.debug(l);
      l /= 100;
      System.debug(l);
    `,
    prints: ['4294967296', '4294967300', '42949673'],
  },
  {
    name: 'format groups the digits',
    source: `
      Long l = 4271990L;
      System.debug(l.format());
    `,
    prints: ['4,271,990'],
  },
];
