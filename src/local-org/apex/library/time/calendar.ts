import { ApexDate, msPerDay } from '../../values/temporal.ts';
import type { LocalParts } from './time-zone.ts';
import { instantOfGmt, localParts } from './time-zone.ts';

type DateParts = Pick<LocalParts, 'year' | 'month' | 'day'>;

const midnight = { hour: 0, minute: 0, second: 0, millisecond: 0 } as const;

/** Days since 1970-01-01; months and days beyond their range carry over, as Apex lets them. */
export function daysOf({ year, month, day }: DateParts): number {
  return instantOfGmt({ year, month, day, ...midnight }) / msPerDay;
}

export function partsOfDate(date: ApexDate): LocalParts {
  return localParts(date.days * msPerDay, 'GMT');
}

export function dateOf(parts: DateParts): ApexDate {
  return new ApexDate(daysOf(parts));
}

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

export function daysInMonth(year: number, month: number): number {
  return daysOf({ year, month: month + 1, day: 1 }) - daysOf({ year, month, day: 1 });
}

/** So many months later; a day that the month does not have becomes its last one. */
export function addMonths<T extends DateParts>(parts: T, months: number): T {
  const count = parts.year * 12 + parts.month - 1 + months;
  const year = Math.floor(count / 12);
  const month = count - year * 12 + 1;
  return { ...parts, year, month, day: Math.min(parts.day, daysInMonth(year, month)) };
}

/** The year as it is counted within its era: 0 is 1 BC. */
export function fullYear(year: number): number {
  return year > 0 ? year : 1 - year;
}

interface Calendar {
  /** 0 is Sunday. */
  readonly weekday: number;
  readonly dayOfYear: number;
  /** Weeks begin on Sunday; the one with 1 January is the year's first, even when it begins in the year before. */
  readonly weekOfYear: number;
  readonly weekYear: number;
  readonly weekOfMonth: number;
}

/** Weekday of a day since 1970-01-01, which was a Thursday. 0 is Sunday. */
export function weekdayOf(days: number): number {
  return (((days + 4) % 7) + 7) % 7;
}

function weekOf(days: number, first: number): number {
  return Math.floor((days - first + weekdayOf(first)) / 7) + 1;
}

/** What else a calendar says of a day. */
export function calendarOf(parts: DateParts): Calendar {
  const days = daysOf(parts);
  const newYear = daysOf({ ...parts, month: 1, day: 1 });
  const nextNewYear = daysOf({ year: parts.year + 1, month: 1, day: 1 });
  const inNextYear = days >= nextNewYear - weekdayOf(nextNewYear);
  return {
    weekday: weekdayOf(days),
    dayOfYear: days - newYear + 1,
    weekOfYear: inNextYear ? 1 : weekOf(days, newYear),
    weekYear: inNextYear ? parts.year + 1 : parts.year,
    weekOfMonth: weekOf(days, daysOf({ ...parts, day: 1 })),
  };
}
