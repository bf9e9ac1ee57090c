import type { FieldValue } from '../state/record-store.ts';
import { fieldText } from '../state/field-text.ts';

/** Functions of a date or date-time, in UTC (the organization's time zone is GMT). */
const DATE_FUNCTIONS: Readonly<Record<string, (date: Date) => FieldValue>> = {
  CALENDAR_YEAR: (date) => date.getUTCFullYear(),
  CALENDAR_QUARTER: (date) => Math.floor(date.getUTCMonth() / 3) + 1,
  CALENDAR_MONTH: (date) => date.getUTCMonth() + 1,
  FISCAL_YEAR: (date) => date.getUTCFullYear(),
  FISCAL_QUARTER: (date) => Math.floor(date.getUTCMonth() / 3) + 1,
  FISCAL_MONTH: (date) => date.getUTCMonth() + 1,
  DAY_IN_MONTH: (date) => date.getUTCDate(),
  DAY_IN_WEEK: (date) => date.getUTCDay() + 1,
  DAY_IN_YEAR: (date) => dayOfYear(date),
  DAY_ONLY: (date) => date.toISOString().slice(0, 10),
  HOUR_IN_DAY: (date) => date.getUTCHours(),
  WEEK_IN_MONTH: (date) => Math.floor((date.getUTCDate() - 1) / 7) + 1,
  WEEK_IN_YEAR: (date) => Math.floor((dayOfYear(date) - 1) / 7) + 1,
};

/** The date function of a name; undefined if there is none. Null in, null out. */
export function dateFunction(name: string): ((value: FieldValue) => FieldValue) | undefined {
  const of = DATE_FUNCTIONS[name.toUpperCase()];
  return of === undefined ? undefined : (value) => (value === null ? null : of(new Date(fieldText(value))));
}

function dayOfYear(date: Date): number {
  return Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000) + 1;
}
