const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** An age as people say it: `2 minutes ago`; `just now` within the first seconds. @param ms milliseconds */
export function ageText(ms: number): string {
  return ms < 2000 ? 'just now' : `${spanText(ms)} ago`;
}

/** A span in its largest unit, rounded down: `10 minutes`. @param ms milliseconds */
export function spanText(ms: number): string {
  const [unit, size] = units.find(([, size]) => ms >= size) ?? ['second', 1000];
  const count = Math.floor(ms / size);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
