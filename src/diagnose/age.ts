const units: readonly (readonly [string, number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
];

/** A span in its largest unit, rounded down: `10 minutes`. @param ms milliseconds */
export function spanText(ms: number): string {
  const [unit, size] = units.find(([, length]) => ms >= length) ?? ['second', 1000];
  const count = Math.floor(ms / size);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/**
 * How long ago something was: `3 days`.
 * @param date ISO 8601
 * @param now milliseconds since 1970
 */
export function ageOf(date: string, now: number): string {
  return spanText(Math.max(0, now - Date.parse(date)));
}
