const units: readonly (readonly [string, number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
];

/**
 * How long ago something was, in its largest unit: `3 days`.
 * @param date ISO 8601
 * @param now milliseconds since 1970
 */
export function ageOf(date: string, now: number): string {
  const ms = Math.max(0, now - Date.parse(date));
  const [name, size] = units.find(([, length]) => ms >= length) ?? ['second', 1000];
  const count = Math.floor(ms / size);
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}
