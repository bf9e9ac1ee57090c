import type { Run } from '../../run/run.ts';
import { ApexDate, ApexDatetime, ApexTime, msPerDay } from '../../values/temporal.ts';
import type { Value } from '../../values/value.ts';
import type { InstanceNative, NativeClass } from '../native.ts';
import { integerArgument, methodsOf, nullArgument, textArgument } from '../native.ts';
import { addMonths, calendarOf, dateOf, daysOf } from './calendar.ts';
import { datetimeStatics } from './datetime-statics.ts';
import { localeFormats } from './locale-formats.ts';
import { formatInstant } from './simple-date-format.ts';
import type { LocalParts } from './time-zone.ts';
import { instantOfGmt, localParts, userTimeZone } from './time-zone.ts';
import { clockTime } from './time.ts';

type DatetimeNative = InstanceNative<ApexDatetime>;

/** The method that reads the clock of the user and the one, with `gmt` at its end, that reads the one in Greenwich. */
function readings(name: string, read: (parts: LocalParts) => Value): Record<string, DatetimeNative> {
  return {
    [name]: (run, self) => read(localParts(self.time, userTimeZone(run))),
    [`${name}gmt`]: (_run, self) => read(localParts(self.time, 'GMT')),
  };
}

function timeOfDay({ hour, minute, second, millisecond }: LocalParts): ApexTime {
  return clockTime(((hour * 60 + minute) * 60 + second) * 1000 + millisecond);
}

function later(milliseconds: number): DatetimeNative {
  return (_run, self, args) => new ApexDatetime(self.time + integerArgument(args, 0) * milliseconds);
}

/** Moves by the calendar of Greenwich: a day is 24 hours, whatever the user's clock does in between. */
function moved(self: ApexDatetime, move: (parts: LocalParts) => LocalParts): ApexDatetime {
  return new ApexDatetime(instantOfGmt(move(localParts(self.time, 'GMT'))));
}

function sameLocalDay(run: Run, one: number, other: number): boolean {
  const zone = userTimeZone(run);
  return daysOf(localParts(one, zone)) === daysOf(localParts(other, zone));
}

/** The instant of a Datetime, or of the midnight in GMT that a Date becomes. */
function instantArgument(args: readonly Value[], index: number): number {
  const value = args[index];
  if (value instanceof ApexDatetime) return value.time;
  if (value instanceof ApexDate) return value.days * msPerDay;
  throw nullArgument();
}

export const datetimeClass: NativeClass = {
  name: 'Datetime',
  statics: datetimeStatics,
  methods: methodsOf<ApexDatetime>({
    ...readings('date', dateOf),
    ...readings('time', timeOfDay),
    ...readings('year', (parts) => parts.year),
    ...readings('month', (parts) => parts.month),
    ...readings('day', (parts) => parts.day),
    ...readings('dayofyear', (parts) => calendarOf(parts).dayOfYear),
    ...readings('hour', (parts) => parts.hour),
    ...readings('minute', (parts) => parts.minute),
    ...readings('second', (parts) => parts.second),
    ...readings('millisecond', (parts) => parts.millisecond),
    adddays: later(msPerDay),
    addhours: later(3_600_000),
    addminutes: later(60_000),
    addmonths: (_run, self, args) => moved(self, (parts) => addMonths(parts, integerArgument(args, 0))),
    addseconds: later(1000),
    addyears: (_run, self, args) => moved(self, (parts) => addMonths(parts, integerArgument(args, 0) * 12)),
    format: (run, self, args) => {
      const pattern = args.length === 0 ? localeFormats(run).dateTime : textArgument(args, 0);
      // A zone of null is no zone either: GMT.
      const zone = args.length < 2 ? userTimeZone(run) : typeof args[1] === 'string' ? args[1] : 'GMT';
      return formatInstant(self.time, pattern, zone);
    },
    formatgmt: (_run, self, args) => formatInstant(self.time, textArgument(args, 0), 'GMT'),
    formatlong: (run, self) => formatInstant(self.time, localeFormats(run).dateTimeLong, userTimeZone(run)),
    gettime: (_run, self) => BigInt(self.time),
    issameday: (run, self, args) => sameLocalDay(run, self.time, instantArgument(args, 0)),
  }),
};
