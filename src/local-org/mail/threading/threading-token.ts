import type { OrgState } from '../../state/org-state.ts';
import { caseOfReferenceId } from './reference-id.ts';
import { orgDigest } from './org-digest.ts';

/** Records by the token that was given out for them. */
const KIND = 'threading-token';

/**
 * The token of a record as `EmailMessages.getFormattedThreadingToken` gives it, e.g. `thread::pp5XPGfmNf2hRZdRCWnrohc::`.
 * The same record has the same token forever; asking for it stores it, which is the DML the platform's documentation
 * warns of.
 */
export function threadingToken(org: OrgState, recordId: string): string {
  const token = tokenOfRecord(org, recordId);
  if (org.documents.get(KIND, token) === undefined) org.documents.put(KIND, token, recordId);
  return `thread::${token}::`;
}

export function tokenOfRecord(org: OrgState, recordId: string): string {
  return orgDigest(org, `threading/${recordId}`);
}

/** The id of the record whose token, of either form, stands first in a text. */
export function recordOfToken(org: OrgState, text: string): string | undefined {
  for (const [, token = ''] of text.matchAll(/thread::([0-9A-Za-z]+)::/g)) {
    const recordId = org.documents.get(KIND, token);
    if (typeof recordId === 'string') return recordId;
  }
  for (const [, reference = ''] of text.matchAll(/ref:([!_][0-9A-Za-z]+\.[!_][0-9A-Za-z]+):ref/g)) {
    const caseId = caseOfReferenceId(org, reference);
    if (caseId !== undefined) return caseId;
  }
  return undefined;
}

/** The id of the case whose token stands in a text; undefined if there is none, or the case is gone. */
export function caseOfToken(org: OrgState, text: string): string | undefined {
  const recordId = recordOfToken(org, text);
  return recordId === undefined ? undefined : org.records.get('Case', recordId)?.Id;
}
