import { describe, expect, it } from 'vitest';
import { timeZoneId } from '../../../../../src/local-org/apex/library/time/time-zone-ids.ts';
import { zoneDisplayName } from '../../../../../src/local-org/apex/library/time/time-zone-names.ts';
import { instantOfLocal, localParts, zoneOffset } from '../../../../../src/local-org/apex/library/time/time-zone.ts';

const losAngeles = 'America/Los_Angeles';

function wall(text: string): string {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = text.split(/[- :]/).map(Number);
  const instant = instantOfLocal({ year, month, day, hour, minute, second: 0, millisecond: 0 }, losAngeles);
  return new Date(instant).toISOString();
}

describe('local time', () => {
  it('is ahead of GMT or behind it', () => {
    const winter = Date.UTC(2026, 0, 15);
    const summer = Date.UTC(2026, 6, 15);
    expect(zoneOffset(winter, losAngeles)).toBe(-8 * 3_600_000);
    expect(zoneOffset(summer, losAngeles)).toBe(-7 * 3_600_000);
    expect(zoneOffset(winter, 'Asia/Kolkata')).toBe(5.5 * 3_600_000);
    expect(zoneOffset(winter, 'GMT')).toBe(0);
    expect(localParts(winter, losAngeles)).toMatchObject({ year: 2026, month: 1, day: 14, hour: 16 });
  });

  it('becomes an instant', () => {
    expect(wall('2026-01-15 10:00')).toBe('2026-01-15T18:00:00.000Z');
    expect(wall('2026-07-15 10:00')).toBe('2026-07-15T17:00:00.000Z');
  });

  it('that is skipped in spring is an hour later', () => {
    expect(wall('2026-03-08 02:30')).toBe('2026-03-08T10:30:00.000Z');
    expect(wall('2026-03-08 03:30')).toBe('2026-03-08T10:30:00.000Z');
  });

  it('that comes twice in autumn is standard time', () => {
    expect(wall('2026-11-01 01:30')).toBe('2026-11-01T09:30:00.000Z');
    expect(wall('2026-11-01 00:30')).toBe('2026-11-01T07:30:00.000Z');
  });

  it('carries over what is beyond its range', () => {
    expect(wall('2026-13-01 00:00')).toBe('2027-01-01T08:00:00.000Z');
  });
});

describe('time zones', () => {
  it('have the ids that Java knows; all others are GMT', () => {
    expect(timeZoneId('Europe/Berlin')).toBe('Europe/Berlin');
    expect(timeZoneId('GMT+5:30')).toBe('GMT+05:30');
    expect(zoneOffset(0, 'GMT-3')).toBe(-3 * 3_600_000);
    expect(timeZoneId('PST')).toBe('PST');
    expect(timeZoneId('Nowhere/Atall')).toBe('GMT');
  });

  it('have a name to show', () => {
    const winter = Date.UTC(2026, 0, 15);
    expect(zoneDisplayName(winter, losAngeles)).toBe('(GMT-08:00) Pacific Standard Time (America/Los_Angeles)');
    expect(zoneDisplayName(Date.UTC(2026, 6, 15), losAngeles)).toBe(
      '(GMT-07:00) Pacific Daylight Time (America/Los_Angeles)',
    );
    expect(zoneDisplayName(winter, 'GMT')).toBe('(GMT+00:00) Greenwich Mean Time (GMT)');
  });
});
