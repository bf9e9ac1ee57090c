import { fieldText } from '../../../state/field-text.ts';
import type { Run } from '../../run/run.ts';

/** A setting of the running user, e.g. `LocaleSidKey`; undefined where the user has none. */
export function userSetting(run: Run, field: string): string | undefined {
  return fieldText(run.org.records.get('User', run.userId)?.[field]) || undefined;
}

/** The running user's locale as Salesforce names it, e.g. `en_US`. */
export function userLocale(run: Run): string {
  return userSetting(run, 'LocaleSidKey') ?? 'en_US';
}

/** The locale's name in BCP 47, e.g. `en-US`; English where the host does not know it. */
export function languageTag(locale: string): string {
  const tag = locale.replaceAll('_', '-');
  try {
    return Intl.NumberFormat.supportedLocalesOf(tag)[0] ?? 'en-US';
  } catch (error) {
    if (error instanceof RangeError) return 'en-US';
    throw error;
  }
}
