import { automatedProcessUser } from '../../mail/receive/automated-process.ts';
import { saveTransaction } from '../../records/save/save-chunks.ts';
import { SaveAborted } from '../../records/save/save-error.ts';
import type { SaveError } from '../../records/save/save-error.ts';
import { saveRecords } from '../../records/save/save-records.ts';
import type { OrgState } from '../../state/org-state.ts';

/** Objects whose rows Live Messaging writes, and whose triggers may have their say. */
type MessagingObject = 'MessagingSession' | 'MessagingEndUser' | 'AgentWork' | 'PendingServiceRouting';

const OBJECTS: readonly MessagingObject[] = [
  'MessagingSession',
  'MessagingEndUser',
  'AgentWork',
  'PendingServiceRouting',
];

/** A row of Live Messaging was refused, by a trigger or a rule: nothing of the request is kept. */
export class RowRefused extends Error {
  override readonly name = 'RowRefused';
  readonly error: SaveError;

  constructor(sobject: string, error: SaveError) {
    super(`${sobject}: ${error.statusCode}: ${error.message}`);
    this.error = error;
  }
}

/** All that one request does, kept or not; triggers take part. @throws RowRefused; whatever `work` throws */
export function messagingTransaction<T>(org: OrgState, work: () => T): T {
  try {
    return saveTransaction(org, OBJECTS, automatedProcessUser(org), work);
  } catch (error) {
    if (error instanceof SaveAborted) throw new RowRefused('Apex', error.error);
    throw error;
  }
}

/** Saves a new row as the org itself does. @returns its id. @throws RowRefused */
export function insertRow(org: OrgState, sobject: MessagingObject, values: Record<string, unknown>): string {
  return save(org, sobject, 'insert', { values });
}

/** Changes a row. @param userId in whose name; absent the automated process. @throws RowRefused */
export function updateRow(
  org: OrgState,
  sobject: MessagingObject,
  id: string,
  values: Record<string, unknown>,
  userId?: string,
): void {
  save(org, sobject, 'update', { id, values }, userId);
}

function save(
  org: OrgState,
  sobject: MessagingObject,
  operation: 'insert' | 'update',
  record: { readonly id?: string; readonly values: Record<string, unknown> },
  userId = automatedProcessUser(org),
): string {
  const request = { api: 'data', mode: 'system', allOrNone: true, sobject, operation, userId } as const;
  const [result] = saveRecords(org, { ...request, records: [record] });
  const [error] = result?.errors ?? [];
  if (error !== undefined || result?.id === undefined) {
    throw new RowRefused(sobject, error ?? { statusCode: 'UNKNOWN_EXCEPTION', message: 'was not saved', fields: [] });
  }
  return result.id;
}
