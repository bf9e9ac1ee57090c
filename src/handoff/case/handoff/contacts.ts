import { OpencxError } from '../../../errors/opencx-error.ts';
import { soqlText, type CaseOrg } from '../case-org.ts';
import { cutText } from '../cut-text.ts';

/** A contact of OpenCX who has an address. */
export interface MailContact {
  readonly name?: string;
  readonly email: string;
}

/**
 * Contacts that are meant, the likeliest first: the one that the session is known to be of, then those with the address, the one
 * changed last before others.
 */
export async function findContacts(org: CaseOrg, email: string, known: string | undefined): Promise<string[]> {
  const isMeant = [`Email = ${soqlText(email)}`, ...(known === undefined ? [] : [`Id = ${soqlText(known)}`])];
  const rows = await org.query<{ Id: string }>(
    `SELECT Id FROM Contact WHERE ${isMeant.join(' OR ')} ORDER BY LastModifiedDate DESC, Id LIMIT 200`,
    'looking for the contact',
  );
  const ids = rows.map(({ Id }) => Id);
  return [...ids.filter((id) => id === known), ...ids.filter((id) => id !== known)];
}

/**
 * Makes a contact. Where a duplicate rule of the org says that somebody is there already, that one is taken, as the rule asks for;
 * where it names nobody, or several, a new one is made all the same if the rule lets it.
 * @returns id (`003…`)
 * @throws OpencxError with Salesforce's words, as of a rule that blocks
 */
export async function makeContact(org: CaseOrg, contact: MailContact): Promise<string> {
  const values = { ...nameFields(contact), Email: contact.email };
  const doing = 'making the contact';
  try {
    return await org.create('Contact', values, doing);
  } catch (error) {
    const named = namedDuplicates(error);
    if (named === undefined) throw error;
    const [only, ...others] = named;
    if (only !== undefined && others.length === 0) return only;
    return await org.create('Contact', values, doing, { 'Sforce-Duplicate-Rule-Header': 'allowSave=true' });
  }
}

/** LastName is required and holds 80 characters, FirstName 40 (Object Reference, Contact). */
function nameFields({ name, email }: MailContact): { FirstName?: string; LastName: string } {
  const words = (name ?? '').trim().split(/\s+/u);
  const last = words.pop() ?? '';
  if (last === '') return { LastName: cutText(email.split('@')[0] ?? email, 80) };
  const first = words.join(' ');
  return { ...(first === '' ? {} : { FirstName: cutText(first, 40) }), LastName: cutText(last, 80) };
}

interface DuplicateResult {
  readonly matchResults?: readonly {
    readonly entityType?: string;
    readonly matchRecords?: readonly { readonly record?: { readonly Id?: string } }[];
  }[];
}

/**
 * Contacts that a duplicate rule named; undefined if it was no such rule. Answers of Salesforce spell the key `duplicateResut`,
 * as many clients have found; the documented spelling is read as well.
 */
function namedDuplicates(error: unknown): string[] | undefined {
  if (!(error instanceof OpencxError) || error.details?.['salesforceErrorCode'] !== 'DUPLICATES_DETECTED') {
    return undefined;
  }
  const refusal = error.cause as { data?: { duplicateResut?: DuplicateResult; duplicateResult?: DuplicateResult } };
  const { matchResults = [] } = refusal.data?.duplicateResut ?? refusal.data?.duplicateResult ?? {};
  const ids = matchResults
    .filter(({ entityType }) => entityType === 'Contact')
    .flatMap(({ matchRecords = [] }) => matchRecords.map(({ record }) => record?.Id))
    .filter((id) => id !== undefined);
  return [...new Set(ids)];
}
