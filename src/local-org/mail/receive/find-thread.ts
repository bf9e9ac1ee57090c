import type { OrgState } from '../../state/org-state.ts';
import { mailSettings } from '../mail-settings.ts';
import { caseOfHeaders } from '../threading/case-of-headers.ts';
import { caseOfToken } from '../threading/threading-token.ts';
import type { IncomingMail } from './incoming-mail.ts';

export type ThreadedBy = 'token' | 'header';

export interface Thread {
  readonly caseId: string;
  readonly by: ThreadedBy;
}

/** The case a mail answers: tokens are looked for first, headers only if there are none (Lightning threading). */
export function findThread(org: OrgState, mail: IncomingMail): Thread | undefined {
  for (const text of [mail.subject, mail.text, mail.html]) {
    const caseId = caseOfToken(org, text);
    if (caseId !== undefined) return { caseId, by: 'token' };
  }
  if (!mailSettings(org).useEmailHeadersForThreading) return undefined;
  const caseId = caseOfHeaders(org, mail.headers);
  return caseId === undefined ? undefined : { caseId, by: 'header' };
}
