import { userHasPermission } from '../../records/user-permission-row.ts';
import type { OrgState } from '../../state/org-state.ts';
import { mailSettings } from '../mail-settings.ts';

/**
 * Whether Apex may send mail for a user: the access level of Deliverability is All email, and the user has Send Email. The
 * levels below it cannot be told apart from within. The automated process has no profile and so no permission to lack.
 */
export function maySendMail(org: OrgState, userId: string): boolean {
  if (mailSettings(org).deliverability !== 'all') return false;
  const isProcess = org.records.get('User', userId)?.['UserType'] === 'AutomatedProcess';
  return isProcess || userHasPermission(org, userId, 'EmailSingle');
}
