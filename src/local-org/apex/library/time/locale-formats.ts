import type { Run } from '../../run/run.ts';
import { userLocale } from './user-locale.ts';

/** How dates are written where a user lives, as patterns of SimpleDateFormat. */
interface LocaleFormats {
  readonly date: string;
  readonly dateTime: string;
  readonly dateTimeLong: string;
  /** 0 is Sunday. */
  readonly firstWeekday: 0 | 1;
}

/** Salesforce's ICU locale formats. */
const formats: Readonly<Record<string, LocaleFormats>> = {
  en_US: { date: 'M/d/yyyy', dateTime: 'M/d/yyyy, h:mm a', dateTimeLong: 'M/d/yyyy, h:mm:ss a z', firstWeekday: 0 },
  en_GB: {
    date: 'dd/MM/yyyy',
    dateTime: 'dd/MM/yyyy, HH:mm',
    dateTimeLong: 'dd/MM/yyyy, HH:mm:ss z',
    firstWeekday: 1,
  },
  de_DE: {
    date: 'dd.MM.yyyy',
    dateTime: 'dd.MM.yyyy, HH:mm',
    dateTimeLong: 'dd.MM.yyyy, HH:mm:ss z',
    firstWeekday: 1,
  },
  fr_FR: {
    date: 'dd/MM/yyyy',
    dateTime: 'dd/MM/yyyy HH:mm',
    dateTimeLong: 'dd/MM/yyyy HH:mm:ss z',
    firstWeekday: 1,
  },
};

/**
 * The formats of the running user's locale.
 * @throws Error LOCAL_ORG_NOT_IMPLEMENTED for a locale that is not described
 */
export function localeFormats(run: Run): LocaleFormats {
  const locale = userLocale(run);
  const found = formats[locale];
  if (found === undefined) throw new Error(`LOCAL_ORG_NOT_IMPLEMENTED: dates in the locale ${locale}`);
  return found;
}
