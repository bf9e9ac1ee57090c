import type { SemanticsCase } from '../semantics-case.ts';

export const dates: readonly SemanticsCase[] = [
  {
    name: 'parts of a date',
    source: `
      Date d = Date.newInstance(2024, 2, 17);
      System.debug(d.year() + ' ' + d.month() + ' ' + d.day());
      System.debug(d.dayOfYear());
    `,
    prints: ['2024 2 17', '48'],
  },
  {
    name: 'a date from text and as text',
    source: `
      Date d = Date.valueOf('2005-10-05');
      System.debug(String.valueOf(d));
      System.debug(String.valueOf(d.addDays(30)));
    `,
    prints: ['2005-10-05', '2005-11-04'],
  },
  {
    name: 'days and years go over the end of the month',
    source: `
      Date d = Date.newInstance(2024, 2, 28);
      System.debug(String.valueOf(d.addDays(2)));
      System.debug(String.valueOf(d.addDays(-28)));
      System.debug(String.valueOf(d.addYears(1)));
    `,
    prints: ['2024-03-01', '2024-01-31', '2025-02-28'],
  },
  {
    name: 'months',
    source: `
      Date d = Date.newInstance(2024, 11, 15);
      System.debug(String.valueOf(d.addMonths(3)));
      System.debug(String.valueOf(d.addMonths(-11)));
    `,
    prints: ['2025-02-15', '2023-12-15'],
  },
  {
    name: 'days between',
    source: `
      Date a = Date.newInstance(2024, 2, 28);
      Date b = Date.newInstance(2024, 3, 1);
      System.debug(a.daysBetween(b));
      System.debug(b.daysBetween(a));
      System.debug(a.daysBetween(a));
    `,
    prints: ['2', '-2', '0'],
  },
  {
    name: 'months between do not look at the day',
    source: `
      Date a = Date.newInstance(2006, 12, 2);
      Date b = Date.newInstance(2012, 12, 30);
      System.debug(a.monthsBetween(b));
      System.debug(Date.newInstance(2024, 1, 31).monthsBetween(Date.newInstance(2024, 2, 1)));
    `,
    prints: ['72', '1'],
  },
  {
    name: 'leap years and days in a month',
    source: `
      System.debug(Date.isLeapYear(2024));
      System.debug(Date.isLeapYear(1900));
      System.debug(Date.daysInMonth(2024, 2));
      System.debug(Date.daysInMonth(1960, 4));
    `,
    prints: ['true', 'false', '29', '30'],
  },
  {
    name: 'the first of the month',
    source: `System.debug(String.valueOf(Date.newInstance(2024, 5, 17).toStartOfMonth()));`,
    prints: ['2024-05-01'],
  },
  {
    name: 'comparisons',
    source: `
      Date a = Date.newInstance(2024, 1, 1);
      Date b = Date.newInstance(2024, 1, 2);
      System.debug(a < b);
      System.debug(a == b.addDays(-1));
      System.debug(a > b);
      System.debug(a.isSameDay(b));
    `,
    prints: ['true', 'true', 'false', 'false'],
  },
  {
    name: 'ordering against null is false either way',
    source: `
      Date none;
      System.debug(none < Date.newInstance(2024, 1, 1));
      System.debug(none > Date.newInstance(2024, 1, 1));
    `,
    prints: ['false', 'false'],
  },
  {
    name: 'adding a number to a date adds days',
    source: `
      Date d = Date.newInstance(2024, 12, 30);
      System.debug(String.valueOf(d + 3));
      System.debug(String.valueOf(d - 30));
    `,
    prints: ['2025-01-02', '2024-11-30'],
  },
  {
    name: 'text that is no date throws',
    source: `try { Date.valueOf('next week'); } catch (TypeException e) { System.debug(e.getTypeName()); }`,
    prints: ['System.TypeException'],
  },
  {
    name: 'a method of null throws',
    source: `
      Date d;
      System.debug(d.addDays(1));
    `,
    throws: 'System.NullPointerException: Attempt to de-reference a null object',
  },
];
