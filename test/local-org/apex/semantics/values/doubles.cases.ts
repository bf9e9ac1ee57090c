import type { SemanticsCase } from '../semantics-case.ts';

export const doubles: readonly SemanticsCase[] = [
  {
    name: 'a whole Double shows its point',
    source: `
      Double d = 3;
      System.debug(d);
    `,
    prints: ['3.0'],
  },
  {
    name: 'dividing Integers happens before the Double is made',
    source: `
      Double d = 1 / 2;
      System.debug(d == 0);
    `,
    prints: ['true'],
  },
  {
    name: 'dividing a Double keeps the fraction',
    source: `
      Double d = 5;
      System.debug(d / 2);
    `,
    prints: ['2.5'],
  },
  {
    name: 'intValue and longValue cut the fraction off',
    source: `
      Double d = 45.68;
      System.debug(d.intValue());
      System.debug(d.longValue());
      Double n = -45.68;
      System.debug(n.intValue());
    `,
    prints: ['45', '45', '-45'],
  },
  {
    name: 'round goes to the nearest whole',
    source: `
      Double d = 4.4;
      System.debug(d.round());
      Double e = 4.6;
      System.debug(e.round());
    `,
    prints: ['4', '5'],
  },
  {
    name: 'text becomes a Double',
    source: `System.debug(Double.valueOf('123.45') + 1);`,
    prints: ['124.45'],
  },
  {
    name: 'text that is no number does not',
    source: `try { Double.valueOf('abc'); } catch (TypeException e) { System.debug(e.getTypeName()); }`,
    prints: ['System.TypeException'],
  },
  {
    name: 'a Double takes any other number',
    source: `
      Integer i = 2;
      Long l = 3L;
      Double d = i;
      System.debug(d);
      d = l;
      System.debug(d);
      d = 2.25;
      System.debug(d);
    `,
    prints: ['2.0', '3.0', '2.25'],
  },
  {
    name: 'arithmetic with null throws',
    source: `
      Double d;
      System.debug(d + 1);
    `,
    throws: 'System.NullPointerException: Attempt to de-reference a null object',
  },
  {
    name: 'ordering against null is false either way',
    source: `
      Double d;
      System.debug(d < 1);
      System.debug(d > 1);
    `,
    prints: ['false', 'false'],
  },
  {
    name: 'a Double and an Integer of the same number are equal',
    source: `
      Double d = 3;
      System.debug(d == 3);
      System.debug(d > 2);
    `,
    prints: ['true', 'true'],
  },
];
