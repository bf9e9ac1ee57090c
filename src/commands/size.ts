import { OpencxError } from '../errors/opencx-error.ts';

const unitBytes = { kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 } as const;

/**
 * Reads a size as people write it: `500mb`, `1.5gb`.
 * @param flag the flag it was given for, as it is typed: `--max-size`
 * @returns bytes, at least one
 * @throws OpencxError USAGE
 */
export function parseSize(text: string, flag: string): number {
  const [, number, unit = ''] = /^(\d{1,9}(?:\.\d{1,9})?)\s*(kb|mb|gb)$/i.exec(text.trim()) ?? [];
  const bytes = Math.round(Number(number) * (unitBytes[unit.toLowerCase() as keyof typeof unitBytes] ?? Number.NaN));
  if (bytes >= 1) return bytes;
  throw new OpencxError('USAGE', { message: `${flag} takes a size such as 500mb or 2gb, not "${text}".` });
}
