import type { LadderRun } from './ladder.ts';

/** How often the org is asked again, in milliseconds: rows follow events by a second or so. */
const lookMs = 1000;

/**
 * Asks again and again until something is there, or the org's patience is used up.
 * @returns undefined when the time is over
 * @throws AbortError once the run's signal aborts; what `look` throws
 */
export async function untilSeen<T>(
  { org: { clock }, patienceMs, signal }: Pick<LadderRun, 'org' | 'patienceMs' | 'signal'>,
  look: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const end = clock.now() + patienceMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    const left = end - clock.now();
    if (left <= 0) return undefined;
    await clock.sleep(Math.min(lookMs, left), signal);
  }
}
