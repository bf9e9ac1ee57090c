import { describe, expect, it } from 'vitest';
import { runApex } from '../../run-apex.ts';

describe('numbers from text', () => {
  it('are read as Java reads them', async () => {
    expect(
      await runApex(`
        System.debug(Integer.valueOf('-42'));
        System.debug(Long.valueOf('9223372036854775807'));
        System.debug(Double.valueOf('1e3'));
        System.debug(Decimal.valueOf('12.4560'));
      `),
    ).toEqual(['-42', '9223372036854775807', '1000.0', '12.4560']);
  });

  it.each([
    [`Integer.valueOf('1.5')`, 'Invalid integer: 1.5'],
    [`Integer.valueOf('3000000000')`, 'Invalid integer: 3000000000'],
    [`Long.valueOf('x')`, 'Invalid long: x'],
    [`Double.valueOf('x')`, 'Invalid double: x'],
    [`Decimal.valueOf('1,5')`, 'Invalid decimal: 1,5'],
  ])('%s is a TypeException', async (expression, message) => {
    const source = `try { ${expression}; } catch (System.TypeException e) { System.debug(e.getMessage()); }`;
    expect(await runApex(source)).toEqual([message]);
  });

  it('come from values of any type', async () => {
    expect(
      await runApex(`
        Object whole = 7;
        Object text = '8';
        System.debug(Integer.valueOf(whole) + Integer.valueOf(text));
        System.debug(Double.valueOf(whole));
      `),
    ).toEqual(['15', '7.0']);
  });
});

describe('a Decimal', () => {
  it('does what the Apex Reference Guide shows', async () => {
    expect(
      await runApex(`
        Decimal d = -6.02214129;
        System.debug(d.abs());
        d = 19;
        System.debug(d.divide(100, 3));
        d = 12.4567;
        System.debug(d.divide(7, 2, System.RoundingMode.UP));
        d = 4.12;
        System.debug(d.pow(2));
        d = 123.45;
        System.debug(d.precision() + ' ' + d.scale());
        d = 8.987551787;
        System.debug(d.setScale(3));
        d = 12345.6789;
        System.debug(d.format() + ' ' + d.toPlainString());
        d = 4.5;
        System.debug(d.round());
        System.debug(d.round(System.RoundingMode.HALF_UP));
      `),
    ).toEqual(['6.02214129', '0.190', '1.78', '16.9744', '5 2', '8.988', '12,345.679 12345.6789', '4', '5']);
  });

  it('is divided to 33 digits', async () => {
    expect(await runApex('Decimal d = 31; System.debug(1 / d);')).toEqual(['0.0322580645161290322580645161290323']);
  });

  it('has 33 places at most', async () => {
    const source = `try { (1.5).setScale(34); } catch (System.MathException e) { System.debug('refused'); }`;
    expect(await runApex(source)).toEqual(['refused']);
  });
});

describe('whole numbers', () => {
  it('are shown in groups and become narrower', async () => {
    expect(
      await runApex(`
        Integer i = 1234567;
        System.debug(i.format());
        Long l = 4294967297L;
        System.debug(l.format() + ' ' + l.intValue());
        Double d = 45.68;
        System.debug(d.intValue() + ' ' + d.longValue() + ' ' + d.round());
      `),
    ).toEqual(['1,234,567', '4,294,967,297 1', '45 45 46']);
  });
});
