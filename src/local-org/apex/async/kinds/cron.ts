import { Cron } from 'croner';

import { apexError } from '../../values/exception.ts';

/**
 * When a cron expression of Salesforce fires next: seconds, minutes, hours, day of month, month, day of week (1 is
 * Sunday), and perhaps a year, read in a time zone.
 * @returns undefined where it never fires again
 * @throws ApexThrown System.StringException for what is no such expression
 */
export function nextFireTime(expression: string, timeZone: string, after: Date): Date | undefined {
  const fields = expression.trim().split(/\s+/);
  const isSound =
    (fields.length === 6 || fields.length === 7) && /^\d+$/.test(fields[0] ?? '') && /^\d+$/.test(fields[1] ?? '');
  if (!isSound) throw invalid(expression);
  try {
    const mode = fields.length === 7 ? '7-part' : '6-part';
    const cron = new Cron(fields.join(' '), { mode, timezone: timeZone, alternativeWeekdays: true, paused: true });
    return cron.nextRun(after) ?? undefined;
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) throw invalid(expression);
    throw error;
  }
}

/** Seconds and minutes are single numbers on the platform. */
function invalid(expression: string): Error {
  return apexError('System.StringException', `Illegal cron expression format: ${expression}`);
}
