import { apexError } from '../../values/exception.ts';
import { daysInMonth } from './calendar.ts';
import { parsePattern } from './simple-date-format.ts';
import type { LocalParts } from './time-zone.ts';

export function invalidDate(text: string): Error {
  return apexError('System.TypeException', `Invalid date: ${text}`);
}

export function invalidDatetime(text: string): Error {
  return apexError('System.TypeException', `Invalid date/time: ${text}`);
}

/** The parts, if there is such a day and such a time of day. */
function existing(parts: Partial<LocalParts>): LocalParts | undefined {
  const all = { year: 1970, month: 1, day: 1, hour: 0, minute: 0, second: 0, millisecond: 0, ...parts };
  const isDay = all.month >= 1 && all.month <= 12 && all.day >= 1 && all.day <= daysInMonth(all.year, all.month);
  return isDay && all.hour < 24 && all.minute < 60 && all.second < 60 ? all : undefined;
}

/** `2026-01-31`, with whatever follows it after a character that is no digit; undefined if that is no date. */
export function readIsoDate(text: string): LocalParts | undefined {
  const match = /^\s*(\d{1,4})-(\d{1,2})-(\d{1,2})(?!\d)/.exec(text);
  if (match === null) return undefined;
  const [, year, month, day] = match;
  return existing({ year: Number(year), month: Number(month), day: Number(day) });
}

/** `2026-01-31 03:04:05`, with whatever follows; undefined if that is no date and time. */
export function readIsoDatetime(text: string): LocalParts | undefined {
  const match = /^\s*\d{1,4}-\d{1,2}-\d{1,2} (\d{1,2}):(\d{1,2}):(\d{1,2})(?!\d)/.exec(text);
  const date = readIsoDate(text);
  if (match === null || date === undefined) return undefined;
  const [, hour, minute, second] = match;
  return existing({ ...date, hour: Number(hour), minute: Number(minute), second: Number(second) });
}

const fields: Readonly<Record<string, keyof LocalParts>> = {
  y: 'year',
  M: 'month',
  d: 'day',
  H: 'hour',
  h: 'hour',
  m: 'minute',
  s: 'second',
};

/** Text as a regular expression; any kind of space will do, ICU likes narrow ones. */
function literally(text: string): string {
  return text.replaceAll(/[^\w\s]/g, String.raw`\$&`).replaceAll(/\s/g, String.raw`\s`);
}

/**
 * Reads text by one of the patterns that users write dates in: numbers and AM or PM.
 * @returns undefined where it does not fit, or there is no such day
 */
export function readByPattern(text: string, pattern: string): LocalParts | undefined {
  const parts = parsePattern(pattern);
  const shape = parts.map((part) => {
    if ('text' in part) return literally(part.text);
    if (part.letter === 'a') return '([AaPp][Mm])';
    return part.letter === 'y' ? String.raw`(\d{1,4})` : String.raw`(\d{1,2})`;
  });
  const match = new RegExp(`^\\s*${shape.join('')}\\s*$`).exec(text);
  if (match === null) return undefined;
  const read: { -readonly [key in keyof LocalParts]?: number } = {};
  let afternoon: boolean | undefined;
  for (const [index, { letter }] of parts.filter((part) => 'letter' in part).entries()) {
    const piece = match[index + 1] ?? '';
    const field = fields[letter];
    if (letter === 'a') afternoon = piece.toLowerCase() === 'pm';
    else if (field !== undefined) read[field] = Number(piece);
  }
  if (afternoon !== undefined) {
    const { hour = 0 } = read;
    if (hour < 1 || hour > 12) return undefined;
    read.hour = (hour % 12) + (afternoon ? 12 : 0);
  }
  return existing(read);
}
