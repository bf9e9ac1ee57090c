import type { SemanticsCase } from '../semantics-case.ts';

export const math: readonly SemanticsCase[] = [
  {
    name: 'abs, min, max',
    source: `
      System.debug(Math.abs(-4));
      System.debug(Math.min(3, -3));
      System.debug(Math.max(12, 3));
      System.debug(Math.abs(-2.5));
    `,
    prints: ['4', '-3', '12', '2.5'],
  },
  {
    name: 'mod is what division leaves',
    source: `
      System.debug(Math.mod(12, 2));
      System.debug(Math.mod(8, 3));
      System.debug(Math.mod(10000000001L, 10L));
    `,
    prints: ['0', '2', '1'],
  },
  {
    name: 'ceil and floor',
    source: `
      Decimal up = Math.ceil(4.2);
      Decimal down = Math.floor(-4.2);
      System.debug(up == 5);
      System.debug(down == -5);
    `,
    prints: ['true', 'true'],
  },
  {
    name: 'roundToLong goes to the even neighbour',
    source: `
      System.debug(Math.roundToLong(4.5));
      System.debug(Math.roundToLong(5.5));
      System.debug(Math.roundToLong(4.51));
    `,
    prints: ['4', '6', '5'],
  },
  {
    name: 'powers and roots',
    source: `
      System.debug(Math.pow(2, 10));
      System.debug(Math.sqrt(49) == 7);
    `,
    prints: ['1024.0', 'true'],
  },
  {
    name: 'the sign',
    source: `
      System.debug(Math.signum(-2.5) == -1);
      System.debug(Math.signum(0.0) == 0);
      System.debug(Math.signum(9.5) == 1);
    `,
    prints: ['true', 'true', 'true'],
  },
  {
    name: 'logarithms',
    source: `
      System.debug(Math.log(1.0) == 0);
      System.debug(Math.log10(1000.0) == 3);
      System.debug(Math.exp(0.0) == 1);
    `,
    prints: ['true', 'true', 'true'],
  },
  {
    name: 'a random number is from 0 to 1',
    source: `
      Double d = Math.random();
      System.debug(d >= 0 && d < 1);
    `,
    prints: ['true'],
  },
  {
    name: 'angles',
    source: `
      System.debug(Math.sin(0.0) == 0);
      System.debug(Math.cos(0.0) == 1);
      System.debug(Math.atan(0.0) == 0);
    `,
    prints: ['true', 'true', 'true'],
  },
];
