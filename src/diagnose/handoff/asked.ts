import { OpencxError } from '../../errors/opencx-error.ts';

/** What an org answered, or a line that says that it could not be asked. */
export type Asked<T> = { answer: T } | { unknown: string };

/**
 * Asks for evidence: what cannot be read does not end the stage that has already failed, it is told as not known.
 * @param what as it begins a line: `trigger X`
 */
export async function asked<T>(what: string, ask: () => Promise<T>): Promise<Asked<T>> {
  try {
    return { answer: await ask() };
  } catch (error) {
    if (!(error instanceof OpencxError) || error.code === 'INTERRUPTED') throw error;
    return { unknown: `${what}: not known, ${error.message}` };
  }
}
