import type { SemanticsCase } from '../semantics-case.ts';

export const datetimes: readonly SemanticsCase[] = [
  {
    name: 'parts in GMT',
    source: `
      Datetime t = Datetime.newInstanceGmt(2024, 6, 5, 3, 4, 5);
      System.debug(t.yearGmt() + ' ' + t.monthGmt() + ' ' + t.dayGmt() + ' ' + t.hourGmt() + ' ' + t.minuteGmt() + ' ' + t.secondGmt());
    `,
    prints: ['2024 6 5 3 4 5'],
  },
  {
    name: 'formatGmt',
    source: `
      Datetime t = Datetime.newInstanceGmt(2024, 6, 5, 13, 4, 5);
      System.debug(t.formatGmt('yyyy-MM-dd HH:mm:ss'));
      System.debug(t.formatGmt('d/M/yy h:mm a'));
      System.debug(t.formatGmt('EEEE, MMMM d'));
    `,
    prints: ['2024-06-05 13:04:05', '5/6/24 1:04 PM', 'Wednesday, June 5'],
  },
  {
    name: 'quoted text in a format',
    source: `
      Datetime t = Datetime.newInstanceGmt(2024, 6, 5, 13, 4, 5);
      System.debug(t.formatGmt('yyyy-MM-dd\\'T\\'HH:mm:ss\\'Z\\''));
    `,
    prints: ['2024-06-05T13:04:05Z'],
  },
  {
    name: 'adding',
    source: `
      Datetime t = Datetime.newInstanceGmt(2024, 12, 31, 23, 59, 59);
      System.debug(t.addSeconds(1).formatGmt('yyyy-MM-dd HH:mm:ss'));
      System.debug(t.addMinutes(-60).formatGmt('HH:mm'));
      System.debug(t.addHours(25).formatGmt('dd HH'));
      System.debug(t.addDays(1).formatGmt('yyyy-MM-dd'));
      System.debug(t.addMonths(1).formatGmt('yyyy-MM'));
      System.debug(t.addYears(1).yearGmt());
    `,
    prints: ['2025-01-01 00:00:00', '22:59', '02 00', '2025-01-01', '2025-01', '2025'],
  },
  {
    name: 'milliseconds since 1970',
    source: `
      Datetime t = Datetime.newInstanceGmt(1970, 1, 2, 0, 0, 0);
      System.debug(t.getTime());
      System.debug(Datetime.newInstance(86400000L) == t);
    `,
    prints: ['86400000', 'true'],
  },
  {
    name: 'the date and the time of it',
    source: `
      Datetime t = Datetime.newInstanceGmt(2024, 6, 5, 13, 4, 5);
      System.debug(String.valueOf(t.dateGmt()));
      System.debug(t.timeGmt().hour() + ':' + t.timeGmt().second());
    `,
    prints: ['2024-06-05', '13:5'],
  },
  {
    name: 'from text in GMT',
    source: `
      Datetime t = Datetime.valueOfGmt('2024-06-05 03:04:05');
      System.debug(t == Datetime.newInstanceGmt(2024, 6, 5, 3, 4, 5));
    `,
    prints: ['true'],
  },
  {
    name: 'from a date and a time',
    source: `
      Datetime t = Datetime.newInstanceGmt(Date.newInstance(2024, 6, 5), Time.newInstance(3, 4, 5, 0));
      System.debug(t.formatGmt('yyyy-MM-dd HH:mm:ss'));
    `,
    prints: ['2024-06-05 03:04:05'],
  },
  {
    name: 'comparisons',
    source: `
      Datetime a = Datetime.newInstanceGmt(2024, 1, 1, 0, 0, 0);
      System.debug(a < a.addSeconds(1));
      System.debug(a == a.addDays(0));
      System.debug(a >= a.addHours(1));
    `,
    prints: ['true', 'true', 'false'],
  },
  {
    name: 'a time of day',
    source: `
      Time t = Time.newInstance(1, 2, 3, 4);
      Time later = t.addHours(3);
      System.debug(later.hour() + ':' + later.minute() + ':' + later.second() + ':' + later.millisecond());
      System.debug(t < later);
      System.debug(t.addMinutes(3).minute());
    `,
    prints: ['4:2:3:4', 'true', '5'],
  },
];
