import { OpencxError } from '../../errors/opencx-error.ts';

/**
 * Minutes of `--wait`; none without it.
 * @throws OpencxError USAGE
 */
export function waitMinutes(text: string | undefined): number {
  const value = text === undefined ? 0 : Number(text);
  if (text?.trim() !== '' && Number.isFinite(value) && value >= 0 && value <= 1440) return value;
  throw new OpencxError('USAGE', { message: `--wait takes minutes from 0 to 1440, not "${text ?? ''}".` });
}
