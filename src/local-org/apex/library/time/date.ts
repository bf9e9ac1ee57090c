import type { Run } from '../../run/run.ts';
import { ApexDate, ApexDatetime } from '../../values/temporal.ts';
import { textOf } from '../../values/text.ts';
import type { Value } from '../../values/value.ts';
import type { NativeClass } from '../native.ts';
import { integerArgument, methodsOf, nullArgument, textArgument } from '../native.ts';
import { addMonths, calendarOf, dateOf, daysInMonth, isLeapYear, partsOfDate, weekdayOf } from './calendar.ts';
import { localeFormats } from './locale-formats.ts';
import { invalidDate, readByPattern, readIsoDate } from './read-date-text.ts';
import { formatInstant } from './simple-date-format.ts';
import { instantOfGmt, localParts, userTimeZone } from './time-zone.ts';

function dateArgument(args: readonly Value[], index: number): ApexDate {
  const value = args[index];
  if (!(value instanceof ApexDate)) throw nullArgument();
  return value;
}

/** The day of a Datetime where the running user lives. */
function localDate(run: Run, time: number): ApexDate {
  return dateOf(localParts(time, userTimeZone(run)));
}

function dateFromText(text: string): ApexDate {
  const parts = readIsoDate(text);
  if (parts === undefined) throw invalidDate(text);
  return dateOf(parts);
}

function dateFrom(run: Run, value: Value): ApexDate {
  if (value === null) throw nullArgument();
  if (value instanceof ApexDate) return value;
  if (value instanceof ApexDatetime) return localDate(run, value.time);
  if (typeof value === 'string') return dateFromText(value);
  throw invalidDate(textOf(run, value));
}

export const dateClass: NativeClass = {
  name: 'Date',
  statics: {
    daysinmonth: (_run, args) => daysInMonth(integerArgument(args, 0), integerArgument(args, 1)),
    isleapyear: (_run, args) => isLeapYear(integerArgument(args, 0)),
    newinstance: (_run, args) =>
      dateOf({ year: integerArgument(args, 0), month: integerArgument(args, 1), day: integerArgument(args, 2) }),
    parse: (run, args) => {
      const text = textArgument(args, 0);
      const parts = readByPattern(text, localeFormats(run).date);
      if (parts === undefined) throw invalidDate(text);
      return dateOf(parts);
    },
    today: (run) => localDate(run, run.now().getTime()),
    valueof: (run, [value = null]) => dateFrom(run, value),
  },
  methods: methodsOf<ApexDate>({
    adddays: (_run, self, args) => new ApexDate(self.days + integerArgument(args, 0)),
    addmonths: (_run, self, args) => dateOf(addMonths(partsOfDate(self), integerArgument(args, 0))),
    addyears: (_run, self, args) => dateOf(addMonths(partsOfDate(self), integerArgument(args, 0) * 12)),
    day: (_run, self) => partsOfDate(self).day,
    dayofyear: (_run, self) => calendarOf(partsOfDate(self)).dayOfYear,
    daysbetween: (_run, self, args) => dateArgument(args, 0).days - self.days,
    format: (run, self) => formatInstant(instantOfGmt(partsOfDate(self)), localeFormats(run).date, 'GMT'),
    issameday: (_run, self, args) => dateArgument(args, 0).days === self.days,
    month: (_run, self) => partsOfDate(self).month,
    monthsbetween: (_run, self, args) => {
      const [from, to] = [partsOfDate(self), partsOfDate(dateArgument(args, 0))];
      return (to.year - from.year) * 12 + to.month - from.month;
    },
    tostartofmonth: (_run, self) => dateOf({ ...partsOfDate(self), day: 1 }),
    tostartofweek: (run, self) => {
      const first = localeFormats(run).firstWeekday;
      return new ApexDate(self.days - ((weekdayOf(self.days) - first + 7) % 7));
    },
    year: (_run, self) => partsOfDate(self).year,
  }),
};
