import type { NativeClass } from '../native.ts';
import { dateClass } from './date.ts';
import { datetimeClass } from './datetime.ts';
import { timeZoneClass } from './time-zone-class.ts';
import { timeClass } from './time.ts';

/** Dates, times and time zones. */
export const timeLibrary: readonly NativeClass[] = [dateClass, datetimeClass, timeClass, timeZoneClass];
