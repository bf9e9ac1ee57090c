import type { OrgState } from '../../state/org-state.ts';

/** Bodies of `ApexLog` rows by their ids. They are no field: 20 MB a row are not to be held in memory. */
const kind = 'apex-log-body';

export function putLogBody(org: OrgState, id: string, body: string): void {
  org.documents.put(kind, id, body);
}

/** @param id 18 characters */
export function logBody(org: OrgState, id: string): string | undefined {
  const body = org.documents.get(kind, id);
  return typeof body === 'string' ? body : undefined;
}

export function deleteLogBody(org: OrgState, id: string): void {
  org.documents.delete(kind, id);
}
