import type { Session } from '../../session/session.ts';
import type { CaseOrg } from '../case-org.ts';
import type { CaseSettings } from '../case-settings.ts';
import type { CaseShape } from './case-shape.ts';
import { findContacts, makeContact } from './contacts.ts';
import { findCaseOf, findOpenCase, findOpenCaseOf, type FoundCase } from './find-case.ts';
import { makeCase } from './make-case.ts';
import type { MailHandoff } from './mail-handoff.ts';

export interface ChosenCase extends FoundCase {
  /** It was not made for this session. */
  readonly appended: boolean;
}

/**
 * The Case that a handoff goes to, which may be made for it: that of the session; the one that an earlier attempt chose; an open
 * one of the contact; a new one.
 * @param session as it is known so far
 */
export async function chooseCase(
  org: CaseOrg,
  handoff: MailHandoff,
  session: Session | undefined,
  settings: CaseSettings,
  shape: CaseShape,
): Promise<ChosenCase> {
  const own = await findCaseOf(org, handoff.sessionId, settings);
  if (own !== undefined) return { ...own, appended: false };
  const before = session?.caseId === undefined ? undefined : await findOpenCase(org, session.caseId);
  if (before !== undefined) return { ...before, appended: true };
  const contactIds = await findContacts(org, handoff.contact.email, session?.contactId);
  const open = await findOpenCaseOf(org, contactIds, settings);
  if (open !== undefined) return { ...open, appended: true };
  const contactId = contactIds[0] ?? (await makeContact(org, handoff.contact));
  return { ...(await makeCase(org, handoff, contactId, settings, shape)), appended: false };
}
