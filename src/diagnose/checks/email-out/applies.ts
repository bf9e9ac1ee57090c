import type { CheckContext } from '../../check-context.ts';
import { noEmailCases } from '../email-in/applies.ts';

/** Why sending by Salesforce is not looked at; undefined where it is. */
export function notSentBySalesforce({ config }: Pick<CheckContext, 'config'>): string | undefined {
  const { emailService } = config.blueprint.options;
  return (
    noEmailCases({ config }) ??
    (emailService === 'none' ? undefined : `Mail is sent by ${emailService}, not by Salesforce.`)
  );
}
