/** A stretch of time: from `start` up to, not including, `end`, in milliseconds since 1970. */
export interface DateRange {
  readonly start: number;
  readonly end: number;
}

type Unit = 'DAY' | 'WEEK' | 'MONTH' | 'QUARTER' | 'YEAR';

/**
 * What a date literal stands for (SOQL and SOSL reference, date formats and date literals). Days are UTC days: the
 * organization's time zone is GMT. Weeks begin on Sunday (locale en_US); the fiscal year begins in January.
 * @param literal e.g. `TODAY`, `LAST_N_DAYS:3`
 * @returns undefined for a literal unknown here
 */
export function dateLiteralRange(literal: string, now: Date): DateRange | undefined {
  const [name = '', count] = literal.toUpperCase().replace('FISCAL_', '').split(':');
  const n = Number(count);
  const fixed = FIXED[name]?.(now);
  if (fixed !== undefined) return fixed;
  const match = /^(?:(LAST|NEXT)_N_(DAY|WEEK|MONTH|QUARTER|YEAR)S|N_(DAY|WEEK|MONTH|QUARTER|YEAR)S_AGO)$/.exec(name);
  if (match === null || !Number.isInteger(n)) return undefined;
  const [, direction, unit, unitAgo] = match;
  if (unitAgo !== undefined) return oneUnit(unitAgo as Unit, now, -n);
  if (direction === 'NEXT') {
    return { start: startOf(unit as Unit, now, 1), end: startOf(unit as Unit, now, n + 1) };
  }
  // LAST_N_DAYS alone includes today.
  const end = unit === 'DAY' ? startOf('DAY', now, 1) : startOf(unit as Unit, now, 0);
  return { start: startOf(unit as Unit, now, -n), end };
}

const FIXED: Readonly<Record<string, (now: Date) => DateRange>> = {
  YESTERDAY: (now) => oneUnit('DAY', now, -1),
  TODAY: (now) => oneUnit('DAY', now, 0),
  TOMORROW: (now) => oneUnit('DAY', now, 1),
  LAST_WEEK: (now) => oneUnit('WEEK', now, -1),
  THIS_WEEK: (now) => oneUnit('WEEK', now, 0),
  NEXT_WEEK: (now) => oneUnit('WEEK', now, 1),
  LAST_MONTH: (now) => oneUnit('MONTH', now, -1),
  THIS_MONTH: (now) => oneUnit('MONTH', now, 0),
  NEXT_MONTH: (now) => oneUnit('MONTH', now, 1),
  LAST_90_DAYS: (now) => ({ start: startOf('DAY', now, -90), end: startOf('DAY', now, 1) }),
  NEXT_90_DAYS: (now) => ({ start: startOf('DAY', now, 1), end: startOf('DAY', now, 91) }),
  LAST_QUARTER: (now) => oneUnit('QUARTER', now, -1),
  THIS_QUARTER: (now) => oneUnit('QUARTER', now, 0),
  NEXT_QUARTER: (now) => oneUnit('QUARTER', now, 1),
  LAST_YEAR: (now) => oneUnit('YEAR', now, -1),
  THIS_YEAR: (now) => oneUnit('YEAR', now, 0),
  NEXT_YEAR: (now) => oneUnit('YEAR', now, 1),
};

function oneUnit(unit: Unit, now: Date, offset: number): DateRange {
  return { start: startOf(unit, now, offset), end: startOf(unit, now, offset + 1) };
}

/** Midnight at which the unit of `now`, moved by `offset` units, begins. */
function startOf(unit: Unit, now: Date, offset: number): number {
  const year = now.getUTCFullYear();
  const month = now.getUTCMonth();
  const day = now.getUTCDate();
  switch (unit) {
    case 'DAY':
      return Date.UTC(year, month, day + offset);
    case 'WEEK':
      return Date.UTC(year, month, day - now.getUTCDay() + 7 * offset);
    case 'MONTH':
      return Date.UTC(year, month + offset, 1);
    case 'QUARTER':
      return Date.UTC(year, 3 * (Math.floor(month / 3) + offset), 1);
    case 'YEAR':
      return Date.UTC(year + offset, 0, 1);
  }
}
