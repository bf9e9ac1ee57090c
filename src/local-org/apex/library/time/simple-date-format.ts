import { apexError } from '../../values/exception.ts';
import { calendarOf, fullYear } from './calendar.ts';
import type { LocalParts } from './time-zone.ts';
import { localParts } from './time-zone.ts';
import { longZoneName, offsetText, shortZoneName } from './time-zone-names.ts';

const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

const dayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

/** A run of one pattern letter, or text to be taken as it is. */
export type PatternPart = { readonly letter: string; readonly count: number } | { readonly text: string };

interface Moment {
  readonly time: number;
  readonly zone: string;
  readonly parts: LocalParts;
}

function padded(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

function yearText(year: number, count: number): string {
  return count === 2 ? padded(year % 100, 2) : padded(year, count);
}

function nameText(name: string, count: number): string {
  return count > 3 ? name : name.slice(0, 3);
}

function monthText({ parts }: Moment, count: number): string {
  return count < 3 ? padded(parts.month, count) : nameText(monthNames[parts.month - 1] ?? '', count);
}

function isoZone({ time, zone }: Moment, count: number): string {
  const offset = offsetText(time, zone, count === 3 ? ':' : '');
  if (/^[+-]0+:?0+$/.test(offset)) return 'Z';
  return count === 1 ? offset.slice(0, 3) : offset;
}

const number =
  (of: (parts: LocalParts) => number) =>
  ({ parts }: Moment, count: number): string =>
    padded(of(parts), count);

/** Letters of Java's SimpleDateFormat, in the English of the United States: weeks begin on Sunday. */
const letters: Readonly<Record<string, (moment: Moment, count: number) => string>> = {
  G: ({ parts }) => (parts.year > 0 ? 'AD' : 'BC'),
  y: ({ parts }, count) => yearText(fullYear(parts.year), count),
  Y: ({ parts }, count) => yearText(calendarOf(parts).weekYear, count),
  M: monthText,
  L: monthText,
  w: number((parts) => calendarOf(parts).weekOfYear),
  W: number((parts) => calendarOf(parts).weekOfMonth),
  D: number((parts) => calendarOf(parts).dayOfYear),
  d: number((parts) => parts.day),
  F: number((parts) => Math.floor((parts.day - 1) / 7) + 1),
  E: ({ parts }, count) => nameText(dayNames[calendarOf(parts).weekday] ?? '', count),
  u: number((parts) => calendarOf(parts).weekday || 7),
  a: ({ parts }) => (parts.hour < 12 ? 'AM' : 'PM'),
  H: number((parts) => parts.hour),
  k: number((parts) => parts.hour || 24),
  K: number((parts) => parts.hour % 12),
  h: number((parts) => parts.hour % 12 || 12),
  m: number((parts) => parts.minute),
  s: number((parts) => parts.second),
  S: number((parts) => parts.millisecond),
  z: ({ time, zone }, count) => (count > 3 ? longZoneName(time, zone) : shortZoneName(time, zone)),
  Z: ({ time, zone }) => offsetText(time, zone, ''),
  X: isoZone,
};

function checkLetter(letter: string, count: number): void {
  if (letters[letter] === undefined) {
    throw apexError('System.StringException', `Illegal pattern character '${letter}'`);
  }
  if (letter === 'X' && count > 3)
    throw apexError('System.StringException', `invalid ISO 8601 format: length=${count}`);
}

/**
 * A pattern in its parts. Text stands in single quotes, two of them are one.
 * @throws ApexThrown System.StringException for a letter that means nothing and for a quote without end
 */
export function parsePattern(pattern: string): PatternPart[] {
  return Array.from(pattern.matchAll(/''|'(?:[^']|'')*'?|([A-Za-z])\1*|[^A-Za-z']+/g), ([text, letter]) => {
    if (letter !== undefined) {
      checkLetter(letter, text.length);
      return { letter, count: text.length };
    }
    if (text === "''") return { text: "'" };
    if (!text.startsWith("'")) return { text };
    if (!text.endsWith("'")) throw apexError('System.StringException', 'Unterminated quote');
    return { text: text.slice(1, -1).replaceAll("''", "'") };
  });
}

/**
 * An instant as a pattern of Java's SimpleDateFormat writes it.
 * @param time milliseconds since 1970
 * @param zone a time zone id; an unknown one is GMT
 * @throws ApexThrown System.StringException for a pattern that is not valid
 */
export function formatInstant(time: number, pattern: string, zone: string): string {
  const moment: Moment = { time, zone, parts: localParts(time, zone) };
  return parsePattern(pattern)
    .map((part) => ('text' in part ? part.text : (letters[part.letter]?.(moment, part.count) ?? '')))
    .join('');
}
