import { hostZone, isGmt, timeZoneId } from './time-zone-ids.ts';
import { zoneOffset } from './time-zone.ts';

/** Each English-speaking region has abbreviations of its own zones only. */
const regions = ['en-US', 'en-GB', 'en-AU', 'en-IN', 'en-ZA'];

/** Abbreviations that no English-speaking region has: Java knows them all the same. */
const abbreviations: Readonly<Record<string, string>> = {
  'America/Sao_Paulo': 'BRT',
  'Asia/Hong_Kong': 'HKT',
  'Asia/Manila': 'PST',
  'Asia/Seoul': 'KST',
  'Asia/Shanghai': 'CST',
  'Asia/Singapore': 'SGT',
  'Asia/Tokyo': 'JST',
};

function nameFor(region: string, zone: string, time: number, style: 'short' | 'long'): string {
  const format = new Intl.DateTimeFormat(region, { timeZone: zone, timeZoneName: style });
  return format.formatToParts(time).find((part) => part.type === 'timeZoneName')?.value ?? zone;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

/** The offset at an instant, e.g. `+0530`, `-08:00`. */
export function offsetText(time: number, zone: string, separator: '' | ':'): string {
  const minutes = Math.trunc(zoneOffset(time, zone) / 60_000);
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}${separator}${pad(size % 60)}`;
}

/** E.g. `PST`, `CEST`, `GMT`; `GMT+03:00` where a zone has no abbreviation. */
export function shortZoneName(time: number, zone: string): string {
  const host = hostZone(zone);
  if (host === undefined || isGmt(zone)) return 'GMT';
  for (const region of regions) {
    const name = nameFor(region, host, time, 'short');
    if (!/^GMT[+-]/.test(name)) return name;
  }
  return abbreviations[host] ?? `GMT${offsetText(time, zone, ':')}`;
}

/** E.g. `Pacific Daylight Time`. */
export function longZoneName(time: number, zone: string): string {
  const host = hostZone(zone);
  return host === undefined || isGmt(zone) ? 'Greenwich Mean Time' : nameFor('en-US', host, time, 'long');
}

/** As the setup pages list zones, e.g. `(GMT-08:00) Pacific Standard Time (America/Los_Angeles)`. */
export function zoneDisplayName(time: number, zone: string): string {
  return `(GMT${offsetText(time, zone, ':')}) ${longZoneName(time, zone)} (${timeZoneId(zone)})`;
}
