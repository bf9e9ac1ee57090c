import { ApexDate, ApexDatetime, ApexTime, msPerDay } from '../../values/temporal.ts';
import { textOf } from '../../values/text.ts';
import type { Value } from '../../values/value.ts';
import type { StaticNative } from '../native.ts';
import { integerArgument, nullArgument, textArgument } from '../native.ts';
import { partsOfDate } from './calendar.ts';
import { localeFormats } from './locale-formats.ts';
import { invalidDatetime, readByPattern, readIsoDatetime } from './read-date-text.ts';
import type { LocalParts } from './time-zone.ts';
import { instantOfLocal, localParts, userTimeZone } from './time-zone.ts';

function partsOfDateAndTime(date: ApexDate, time: Value | undefined): LocalParts {
  if (!(time instanceof ApexTime)) throw nullArgument();
  const { year, month, day } = partsOfDate(date);
  return { ...localParts(time.milliseconds, 'GMT'), year, month, day };
}

/** (Date, Time), (year, month, day) or (year, month, day, hour, minute, second). */
function partsOfArguments(args: readonly Value[]): LocalParts {
  const [first, second] = args;
  if (first instanceof ApexDate) return partsOfDateAndTime(first, second);
  const withTime = args.length > 3;
  return {
    year: integerArgument(args, 0),
    month: integerArgument(args, 1),
    day: integerArgument(args, 2),
    hour: withTime ? integerArgument(args, 3) : 0,
    minute: withTime ? integerArgument(args, 4) : 0,
    second: withTime ? integerArgument(args, 5) : 0,
    millisecond: 0,
  };
}

function datetimeFromText(text: string, zone: string): ApexDatetime {
  const parts = readIsoDatetime(text);
  if (parts === undefined) throw invalidDatetime(text);
  return new ApexDatetime(instantOfLocal(parts, zone));
}

export const datetimeStatics: Readonly<Record<string, StaticNative>> = {
  newinstance: (run, args) => {
    const [first] = args;
    if (typeof first === 'bigint') return new ApexDatetime(Number(first));
    return new ApexDatetime(instantOfLocal(partsOfArguments(args), userTimeZone(run)));
  },
  newinstancegmt: (_run, args) => new ApexDatetime(instantOfLocal(partsOfArguments(args), 'GMT')),
  now: (run) => new ApexDatetime(run.now().getTime()),
  parse: (run, args) => {
    const text = textArgument(args, 0);
    const parts = readByPattern(text, localeFormats(run).dateTime);
    if (parts === undefined) throw invalidDatetime(text);
    return new ApexDatetime(instantOfLocal(parts, userTimeZone(run)));
  },
  valueof: (run, [value = null]) => {
    if (value === null) throw nullArgument();
    if (value instanceof ApexDatetime) return value;
    if (value instanceof ApexDate) return new ApexDatetime(value.days * msPerDay);
    if (typeof value === 'string') return datetimeFromText(value, userTimeZone(run));
    throw invalidDatetime(textOf(run, value));
  },
  valueofgmt: (_run, args) => datetimeFromText(textArgument(args, 0), 'GMT'),
};
