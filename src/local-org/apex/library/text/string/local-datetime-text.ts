import type { Run } from '../../../run/run.ts';
import { ApexDatetime } from '../../../values/temporal.ts';
import { datetimeText } from '../../../values/text.ts';
import { userTimeZone, zoneOffset } from '../../time/time-zone.ts';

/** `2026-01-02 03:04:05` on the clock of the running user. */
export function localDatetimeText(run: Run, { time }: ApexDatetime): string {
  return datetimeText(new ApexDatetime(time + zoneOffset(time, userTimeZone(run))));
}
