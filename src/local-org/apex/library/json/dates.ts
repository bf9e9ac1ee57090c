import { ApexDate, ApexDatetime, ApexTime, msPerDay } from '../../values/temporal.ts';
import { jsonError } from './text/json-source.ts';

const time = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?`;
const zone = String.raw`(Z|[+-]\d{2}:?\d{2})?`;
const dateShape = /^(-?\d{4,})-(\d{1,2})-(\d{1,2})/;
const timeShape = new RegExp(`^${time}${zone}$`);
const datetimeShape = new RegExp(`^(-?\\d{4,}-\\d{1,2}-\\d{1,2})(?:T${time}${zone})?$`);

/** Days since 1970-01-01 of a date that exists. */
function daysOf(text: string): number | undefined {
  const [, year, month, day] = dateShape.exec(text) ?? [];
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  const isReal = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return isReal ? Math.floor(date.getTime() / msPerDay) : undefined;
}

function clockMs(hours = '0', minutes = '0', seconds = '0', fraction = ''): number | undefined {
  const [h, m, s] = [Number(hours), Number(minutes), Number(seconds)];
  if (h > 23 || m > 59 || s > 59) return undefined;
  return ((h * 60 + m) * 60 + s) * 1000 + Number(fraction.padEnd(3, '0').slice(0, 3));
}

/** Minutes in ms that a zone is ahead of GMT. */
function offsetMs(text = 'Z'): number {
  if (text === 'Z') return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2));
  return minutes * 60_000 * (text.startsWith('-') ? -1 : 1);
}

function invalid(text: string): Error {
  return jsonError(`Invalid format: "${text}"`);
}

/** `2026-01-02` @throws ApexThrown System.JSONException */
export function readDate(text: string): ApexDate {
  const [head] = dateShape.exec(text) ?? [];
  const days = daysOf(text);
  if (head === undefined || days === undefined) throw invalid(text);
  if (head.length < text.length) {
    throw jsonError(`Invalid format: "${text}" is malformed at "${text.slice(head.length)}"`);
  }
  return new ApexDate(days);
}

/** `2026-01-02T03:04:05.000Z`, with any offset or none, which is GMT. @throws ApexThrown System.JSONException */
export function readDatetime(text: string): ApexDatetime {
  const [, date, hours, minutes, seconds, fraction, zoneText] = datetimeShape.exec(text) ?? [];
  const days = date === undefined ? undefined : daysOf(date);
  const clock = clockMs(hours, minutes, seconds, fraction);
  if (days === undefined || clock === undefined) throw invalid(text);
  return new ApexDatetime(days * msPerDay + clock - offsetMs(zoneText));
}

/** `03:04:05.006Z` @throws ApexThrown System.JSONException */
export function readTime(text: string): ApexTime {
  const [shape, hours, minutes, seconds, fraction, zoneText] = timeShape.exec(text) ?? [];
  const clock = clockMs(hours, minutes, seconds, fraction);
  if (shape === undefined || clock === undefined) throw invalid(text);
  return new ApexTime((((clock - offsetMs(zoneText)) % msPerDay) + msPerDay) % msPerDay);
}
