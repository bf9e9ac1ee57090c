import { OpencxError } from '../../../errors/opencx-error.ts';
import type { CaseOrg } from '../case-org.ts';
import type { CaseSettings } from '../case-settings.ts';
import { cutText } from '../cut-text.ts';
import type { CaseShape } from './case-shape.ts';
import { findCaseOf, type FoundCase } from './find-case.ts';
import type { MailHandoff } from './mail-handoff.ts';

/** Lengths of fields (Object Reference, Case). */
const longestSubject = 255;
const longestDescription = 32_000;
const longestName = 80;

/**
 * Makes the Case of a session. It is created and not upserted: an upsert that finds the Case would write over what representatives
 * have changed, and assign it anew. The field of the session is unique, so that whoever comes second is refused and finds the first.
 * Owner: rules of assignment apply, as they do with REST unless a header says otherwise (REST API guide, "Assignment Rule Header").
 * @throws OpencxError with Salesforce's words
 */
export async function makeCase(
  org: CaseOrg,
  handoff: MailHandoff,
  contactId: string,
  settings: CaseSettings,
  shape: CaseShape,
): Promise<FoundCase> {
  let id: string | undefined;
  try {
    id = await org.create('Case', caseValues(handoff, contactId, settings, shape), 'making the Case');
  } catch (error) {
    if (!isTaken(error)) throw error;
    const found = await findCaseOf(org, handoff.sessionId, settings);
    if (found === undefined) throw error;
    return found;
  }
  const made = await findCaseOf(org, handoff.sessionId, settings);
  if (made !== undefined) return made;
  throw new OpencxError('ORG_UNEXPECTED_ANSWER', {
    message: `Case ${id} was made and cannot be found by its session: automation of this org changes ${settings.caseSessionField}, or this user may not read it.`,
  });
}

function caseValues(
  { sessionId, subject, summary, contact, priority }: MailHandoff,
  contactId: string,
  { caseFromField, caseFromValue, caseSessionField, origin }: CaseSettings,
  { priorities }: CaseShape,
): Record<string, string> {
  const known = priorities.find((one) => one.toLowerCase() === priority?.toLowerCase());
  return {
    Subject: cutText(subject ?? `Conversation with ${contact.name ?? contact.email}`, longestSubject),
    ...(summary === undefined ? {} : { Description: cutText(summary, longestDescription) }),
    Origin: origin,
    ...(known === undefined ? {} : { Priority: known }),
    ContactId: contactId,
    SuppliedEmail: contact.email,
    ...(contact.name === undefined ? {} : { SuppliedName: cutText(contact.name, longestName) }),
    [caseFromField]: caseFromValue,
    [caseSessionField]: sessionId,
  };
}

function isTaken(error: unknown): boolean {
  return error instanceof OpencxError && error.details?.['salesforceErrorCode'] === 'DUPLICATE_VALUE';
}
