import type { Run } from '../../run/run.ts';
import { msPerDay } from '../../values/temporal.ts';
import { hostZone, isGmt, timeZoneId } from './time-zone-ids.ts';
import { userSetting } from './user-locale.ts';

/** What a clock on the wall and a calendar show. Month and day from 1. */
export interface LocalParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function offsetFormat(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    formats.set(zone, format);
  }
  return format;
}

/** The running user's time zone (`TimeZoneSidKey`); GMT where there is none. */
export function userTimeZone(run: Run): string {
  return timeZoneId(userSetting(run, 'TimeZoneSidKey') ?? 'GMT');
}

/**
 * What a zone's clocks are ahead of GMT at an instant, in milliseconds.
 * @param time milliseconds since 1970
 * @param zone an id, e.g. `Europe/Berlin`; an unknown one is GMT
 */
export function zoneOffset(time: number, zone: string): number {
  if (isGmt(zone)) return 0;
  const parts = offsetFormat(hostZone(zone) ?? 'UTC').formatToParts(time);
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = /([+-])(\d+):(\d+)(?::(\d+))?/.exec(name) ?? [];
  const size = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  return sign === '-' ? -size : size;
}

/** Milliseconds since 1970 of parts in GMT; what is beyond its range carries over (month 13, day 0, hour 24). */
export function instantOfGmt(parts: LocalParts): number {
  // Date.UTC takes the years 0 to 99 for those of the 20th century.
  const date = new Date(0);
  date.setUTCFullYear(parts.year, parts.month - 1, parts.day);
  return date.setUTCHours(parts.hour, parts.minute, parts.second, parts.millisecond);
}

/** What clocks and calendars in a zone show at an instant (milliseconds since 1970). */
export function localParts(time: number, zone: string): LocalParts {
  const date = new Date(time + zoneOffset(time, zone));
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
  };
}

/**
 * Milliseconds since 1970 when clocks in a zone show these parts; what is beyond its range carries over. As in Java,
 * a time that comes twice is the one in standard time, and one that is skipped is as much later.
 */
export function instantOfLocal(parts: LocalParts, zone: string): number {
  const wall = instantOfGmt(parts);
  const before = zoneOffset(wall - msPerDay, zone);
  const after = zoneOffset(wall + msPerDay, zone);
  if (before === after) return wall - before;
  const fits = (offset: number): boolean => zoneOffset(wall - offset, zone) === offset;
  const fitsBefore = fits(before);
  if (fitsBefore !== fits(after)) return wall - (fitsBefore ? before : after);
  return wall - Math.min(before, after);
}
