import { describe, expect, it } from 'vitest';
import { runApex } from '../../run-apex.ts';

describe('a Date', () => {
  it('moves by days, months and years, and stops at the end of a month', async () => {
    expect(
      await runApex(`
        Date d = Date.newInstance(2024, 1, 31);
        System.debug(d.addDays(1).format());
        System.debug(d.addMonths(1).format());
        System.debug(d.addMonths(-2).format());
        System.debug(Date.newInstance(2024, 2, 29).addYears(1).format());
        System.debug(Date.newInstance(2023, 14, 1).format());
      `),
    ).toEqual(['2/1/2024', '2/29/2024', '11/30/2023', '2/28/2025', '2/1/2024']);
  });

  it('knows the calendar', async () => {
    expect(
      await runApex(`
        Date d = Date.newInstance(1998, 10, 21);
        System.debug(d.year() + ' ' + d.month() + ' ' + d.day() + ' ' + d.dayOfYear());
        System.debug(d.toStartOfMonth().format() + ' ' + d.toStartOfWeek().format());
        System.debug(Date.daysInMonth(1960, 2) + ' ' + Date.isLeapYear(2000) + ' ' + Date.isLeapYear(1900));
      `),
    ).toEqual(['1998 10 21 294', '10/1/1998 10/18/1998', '29 true false']);
  });

  it('counts days and months between two', async () => {
    expect(
      await runApex(`
        Date early = Date.newInstance(2006, 12, 30);
        Date late = Date.newInstance(2012, 12, 8);
        System.debug(early.monthsBetween(late));
        System.debug(late.daysBetween(early));
        System.debug(early.isSameDay(Date.newInstance(2006, 12, 30)));
      `),
    ).toEqual(['72', '-2170', 'true']);
  });

  it('is read from text, with or without a time', async () => {
    expect(
      await runApex(`
        Date d = Date.newInstance(2008, 10, 5);
        System.debug(Date.valueOf('2008-10-05') == d);
        System.debug(Date.valueOf('2008-10-5 12:20:20') == d);
        System.debug(Date.valueOf('2008-10-05T00:00:00.000Z') == d);
        System.debug(Date.parse('10/5/2008') == d);
      `),
    ).toEqual(['true', 'true', 'true', 'true']);
  });

  it.each([`Date.valueOf('2023-02-29')`, `Date.parse('2023-02-29')`])('%s is a TypeException', async (expression) => {
    const source = `try { ${expression}; } catch (System.TypeException e) { System.debug(e.getMessage()); }`;
    expect(await runApex(source)).toEqual(['Invalid date: 2023-02-29']);
  });
});

describe('a Time', () => {
  it('goes on after midnight', async () => {
    expect(
      await runApex(`
        Time t = Time.newInstance(23, 59, 58, 7);
        System.debug(t);
        System.debug(t.addSeconds(3));
        System.debug(t.addHours(-24) == t);
        System.debug(t.hour() + ' ' + t.minute() + ' ' + t.second() + ' ' + t.millisecond());
      `),
    ).toEqual(['23:59:58.007Z', '00:00:01.007Z', 'true', '23 59 58 7']);
  });
});
