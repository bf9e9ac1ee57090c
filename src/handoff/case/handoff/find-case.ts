import { soqlText, type CaseOrg } from '../case-org.ts';
import type { CaseSettings } from '../case-settings.ts';

export interface FoundCase {
  readonly id: string;
  readonly number: string;
  readonly contactId: string | undefined;
}

interface CaseRow {
  readonly Id: string;
  readonly CaseNumber: string;
  readonly ContactId: string | null;
}

/** The Case that was made for a session, open or closed. */
export async function findCaseOf(
  org: CaseOrg,
  sessionId: string,
  { caseSessionField }: CaseSettings,
): Promise<FoundCase | undefined> {
  return await findCase(org, `${caseSessionField} = ${soqlText(sessionId)}`, 'looking for the Case of the session');
}

/** A Case by its id, if it is there and open. */
export async function findOpenCase(org: CaseOrg, id: string): Promise<FoundCase | undefined> {
  return await findCase(org, `Id = ${soqlText(id)} AND IsClosed = false`, 'looking for the Case that was chosen');
}

/** The open Case of OpenCX that was changed last, of any of these contacts. */
export async function findOpenCaseOf(
  org: CaseOrg,
  contactIds: readonly string[],
  { caseFromField, caseFromValue }: CaseSettings,
): Promise<FoundCase | undefined> {
  if (contactIds.length === 0) return undefined;
  const ids = contactIds.map(soqlText).join(', ');
  const where = `ContactId IN (${ids}) AND IsClosed = false AND ${caseFromField} = ${soqlText(caseFromValue)}`;
  return await findCase(org, where, 'looking for an open Case of the contact');
}

async function findCase(org: CaseOrg, where: string, doing: string): Promise<FoundCase | undefined> {
  const order = 'ORDER BY LastModifiedDate DESC, Id LIMIT 1';
  const [row] = await org.query<CaseRow>(`SELECT Id, CaseNumber, ContactId FROM Case WHERE ${where} ${order}`, doing);
  if (row === undefined) return undefined;
  return { id: row.Id, number: row.CaseNumber, contactId: row.ContactId ?? undefined };
}
