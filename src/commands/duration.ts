import { OpencxError } from '../errors/opencx-error.ts';

/** Milliseconds of each unit that a duration on the command line may have. */
const unitMs = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

export type DurationUnit = keyof typeof unitMs;

const unitNames = { s: 'seconds', m: 'minutes', h: 'hours', d: 'days' } as const satisfies Record<DurationUnit, string>;

/** Longest duration that is taken: more is a slip of the finger. */
const longestMs = 366 * unitMs.d;

/**
 * Reads a duration as people write it: `90s`, `10m`, `1.5h`, `2d`.
 * @param flag the flag it was given for, as it is typed: `--wait`
 * @param bareUnit the unit of a number without one; without it such a number is refused
 * @returns milliseconds, from 0
 * @throws OpencxError USAGE
 */
export function parseDuration(text: string, flag: string, bareUnit?: DurationUnit): number {
  const [, number, unit] = /^(\d{1,9}(?:\.\d{1,9})?)\s*([smhd])?$/i.exec(text.trim()) ?? [];
  const known = unit === undefined ? bareUnit : unitOf(unit);
  if (number === undefined || known === undefined) throw refused(text, flag, bareUnit);
  const ms = Math.round(Number(number) * unitMs[known]);
  if (ms <= longestMs) return ms;
  throw new OpencxError('USAGE', { message: `${flag} takes at most 366d, not "${text}".` });
}

function unitOf(letter: string): DurationUnit | undefined {
  const lower = letter.toLowerCase();
  return (Object.keys(unitMs) as DurationUnit[]).find((unit) => unit === lower);
}

function refused(text: string, flag: string, bareUnit: DurationUnit | undefined): OpencxError {
  const bare = bareUnit === undefined ? '' : ` or a number of ${unitNames[bareUnit]}`;
  return new OpencxError('USAGE', {
    message: `${flag} takes a duration such as 90s, 10m, 1h or 2d${bare}, not "${text}".`,
  });
}
