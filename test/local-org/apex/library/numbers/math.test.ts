import { describe, expect, it } from 'vitest';
import { runApex } from '../../run-apex.ts';

async function evaluated(...expressions: readonly string[]): Promise<string[]> {
  return runApex(expressions.map((expression) => `System.debug(${expression});`).join('\n'));
}

describe('System.Math', () => {
  it('keeps the type of whole numbers', async () => {
    expect(await evaluated('Math.abs(-5)', 'Math.max(3, 12)', 'Math.min(3L, 12L)', 'Math.mod(-7, 3)')).toEqual([
      '5',
      '12',
      '3',
      '-1',
    ]);
  });

  it('rounds half to even where Decimals are rounded', async () => {
    expect(
      await runApex(`
        Decimal half = 4.5;
        System.debug(Math.round(half) + ' ' + Math.roundToLong(half));
        System.debug(Math.ceil(half) + ' ' + Math.floor(half) + ' ' + Math.rint(half));
      `),
    ).toEqual(['4 4', '5 4 4']);
  });

  it('gives Doubles for Doubles', async () => {
    expect(
      await runApex(`
        Double d = 2.5;
        System.debug(Math.rint(d));
        System.debug(Math.ceil(d));
        System.debug(Math.round(d));
        System.debug(Math.pow(2, 10));
      `),
    ).toEqual(['2.0', '3.0', '3', '1024.0']);
  });

  it('refuses what is too wide for an Integer', async () => {
    const source = `
      Decimal wide = 3000000000.5;
      try { Math.round(wide); } catch (System.MathException e) { System.debug(e.getMessage()); }
      System.debug(Math.roundToLong(wide));
    `;
    expect(await runApex(source)).toEqual(['Integer overflow: 3000000000', '3000000000']);
  });

  it('never takes the rest of a division by zero', async () => {
    const source = 'try { Math.mod(1, 0); } catch (System.MathException e) { System.debug(e.getMessage()); }';
    expect(await runApex(source)).toEqual(['Divide by 0']);
  });

  it('has chance between 0 and 1', async () => {
    expect(await evaluated('Math.random() >= 0 && Math.random() < 1')).toEqual(['true']);
  });
});
