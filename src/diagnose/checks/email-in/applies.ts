import type { CheckContext } from '../../check-context.ts';

/** Why mail of Cases is not looked at; undefined where it is. */
export function noEmailCases({ config }: Pick<CheckContext, 'config'>): string | undefined {
  return config.setup.channels.includes('email') ? undefined : 'setup.channels has no email.';
}
