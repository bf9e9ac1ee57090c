import type { CheckContext } from '../../check-context.ts';
import { skip, type Verdict } from '../../finding.ts';
import { appSettings, type AppSettingsRead } from '../../readings/app.ts';

/**
 * Judges one part of the app's settings.
 * @returns a verdict of `skip` where the session cannot read that part
 */
export async function judgePart(
  context: CheckContext,
  part: keyof AppSettingsRead,
  judge: (values: Readonly<Record<string, unknown>>) => Verdict,
): Promise<Verdict> {
  const values = (await context.read(appSettings))[part];
  if (values === 'unread') {
    return skip('This session cannot read the app back (a token in JWT format, or the org keeps it to itself).');
  }
  if (values === undefined) return skip('The org shows no such settings: a Connected App has them elsewhere.');
  return judge(values);
}

/** A text as SOAP gives it; undefined where there is none. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A yes or no as SOAP gives it. */
export function isTrue(value: unknown): boolean {
  return String(value) === 'true';
}
