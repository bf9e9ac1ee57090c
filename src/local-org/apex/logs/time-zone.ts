const clocks = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter takes longer than a whole log line may. */
function clockOf(timeZone: string): Intl.DateTimeFormat {
  let clock = clocks.get(timeZone);
  if (clock === undefined) {
    const options = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
    clock = new Intl.DateTimeFormat('en-GB', { ...options, timeZone });
    clocks.set(timeZone, clock);
  }
  return clock;
}

/** `16:06:58.18`: the time of day in a time zone, the milliseconds not padded. */
export function timeIn(timeZone: string, date: Date): string {
  return `${clockOf(timeZone).format(date)}.${date.getUTCMilliseconds()}`;
}

/**
 * A time zone as `USER_INFO` names it: `(GMT-08:00) Pacific Standard Time (America/Los_Angeles)` and `GMT-08:00`; the
 * offset zero is `GMTZ`.
 */
export function timeZoneNames(timeZone: string, date: Date): { readonly label: string; readonly offset: string } {
  const offset = zonePart(timeZone, 'longOffset', date);
  // ICU has the newer name for this one.
  const name = timeZone === 'GMT' ? 'Greenwich Mean Time' : zonePart(timeZone, 'long', date);
  return { label: `(${offset}) ${name} (${timeZone})`, offset: offset === 'GMT+00:00' ? 'GMTZ' : offset };
}

function zonePart(timeZone: string, timeZoneName: 'long' | 'longOffset', date: Date): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName }).formatToParts(date);
  const text = parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
  // Node names the offset zero one way or the other, by version.
  return timeZoneName === 'longOffset' && text === 'GMT' ? 'GMT+00:00' : text;
}
