import { describe, expect, it } from 'vitest';
import { formatInstant } from '../../../../../src/local-org/apex/library/time/simple-date-format.ts';

const instant = Date.UTC(2026, 4, 4, 7, 3, 9, 45);

function formatted(pattern: string, zone = 'GMT', time = instant): string {
  return formatInstant(time, pattern, zone);
}

describe('patterns of SimpleDateFormat', () => {
  it.each([
    ['yyyy-MM-dd HH:mm:ss.SSS', '2026-05-04 07:03:09.045'],
    ['yyyy-MM-dd h:mm a', '2026-05-04 7:03 AM'],
    ['EEE, MMM d yy', 'Mon, May 4 26'],
    ['EEEE, d MMMM y G', 'Monday, 4 May 2026 AD'],
    ["yyyy-MM-dd'T'HH:mm:ss'Z'", '2026-05-04T07:03:09Z'],
    ["h 'o''clock'", "7 o'clock"],
    ["''yy''", "'26'"],
    ['D F u w W k K', '124 1 1 19 2 7 7'],
    ['Z X XX XXX z zzzz', '+0000 Z Z Z GMT Greenwich Mean Time'],
  ])('%s', (pattern, expected) => {
    expect(formatted(pattern)).toBe(expected);
  });

  it('show the time of a zone', () => {
    expect(formatted('HH:mm z Z X XXX', 'America/New_York')).toBe('03:03 EDT -0400 -04 -04:00');
    expect(formatted('HH:mm z', 'Asia/Kolkata')).toBe('12:33 IST');
    expect(formatted('z zzzz', 'Europe/Berlin')).toBe('CEST Central European Summer Time');
    expect(formatted('HH:mm z', 'no zone')).toBe('07:03 GMT');
  });

  it('count the year of the week apart from the calendar year', () => {
    expect(formatted('MM/dd/YYYY HH:mm:ss', 'Asia/Dubai', Date.UTC(2019, 11, 30, 6))).toBe('12/30/2020 10:00:00');
    expect(formatted('MM/dd/yyyy HH:mm:ss', 'Asia/Dubai', Date.UTC(2019, 11, 30, 6))).toBe('12/30/2019 10:00:00');
    expect(formatted('YYYY w', 'GMT', Date.UTC(2026, 11, 26))).toBe('2026 52');
  });

  it('refuse letters that mean nothing', () => {
    expect(() => formatted('yyyy-MM-ddTHH')).toThrow("Illegal pattern character 'T'");
    expect(() => formatted("yyyy 'open")).toThrow('Unterminated quote');
  });
});
