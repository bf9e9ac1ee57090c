import type { SetupSettings } from '../../config/setup-settings.ts';
import { addressProblem, displayTextProblem, webhookUrlProblem } from '../validation/addresses.ts';
import type { SettingProblem } from '../validation/validate.ts';

/** What an External Client App is rendered from. */
export type AppSettings = SetupSettings['app'] & { contactEmail: string };

/** Longest name that leaves room for the suffix of the default policy within the 80 characters of a DeveloperName. */
const maxAppNameLength = 64;

/** Everything in the settings of the app that must not get into metadata; empty when they can be rendered. */
export function appProblems(app: AppSettings): SettingProblem[] {
  const rows: [keyof AppSettings, string, (value: string) => string | undefined, string][] = [
    ['name', app.name, appNameProblem, 'Give a name such as OpenCX.'],
    ['label', app.label, displayTextProblem, 'Give a label of 1 to 80 characters.'],
    ['callbackUrl', app.callbackUrl, webhookUrlProblem, 'Copy the callback URL from the OpenCX page.'],
    ['contactEmail', app.contactEmail, addressProblem, 'Give the address of somebody who answers for the app.'],
  ];
  return rows.flatMap(([setting, value, check, remedy]) => {
    const problem = check(value);
    return problem === undefined ? [] : [{ setting: `setup.app.${setting}`, problem, remedy }];
  });
}

/** Words that Apex reserves are fine here: no code names an app. */
function appNameProblem(value: string): string | undefined {
  if (value.length > maxAppNameLength) return `is longer than ${maxAppNameLength} characters`;
  if (/^[A-Za-z](?:_?[A-Za-z0-9])*$/.test(value)) return undefined;
  return 'must begin with a letter and hold only letters, digits and single underscores, none at its end';
}
