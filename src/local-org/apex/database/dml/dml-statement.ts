import type { Run } from '../../run/run.ts';
import type { Value } from '../../values/value.ts';
import { executeDml } from './dml.ts';
import { executeMerge } from './merge.ts';
import type { AccessMode } from '../queries/query.ts';

export interface DmlStatementRequest {
  readonly operation: 'insert' | 'update' | 'upsert' | 'delete' | 'undelete' | 'merge';
  readonly target: Value;
  /** Of a merge. */
  readonly duplicates: Value | undefined;
  /** Of an upsert; undefined for `Id`. */
  readonly externalIdField: string | undefined;
  readonly access: AccessMode;
}

/**
 * A DML statement: all of its records are saved, or none.
 * @throws ApexThrown System.DmlException and what `executeDml` throws
 */
export function executeStatement(run: Run, request: DmlStatementRequest): void {
  const { operation, target, duplicates = null, externalIdField, access } = request;
  if (operation === 'merge') executeMerge(run, { master: target, duplicates, allOrNone: true, access });
  else executeDml(run, { operation, records: target, allOrNone: true, externalIdField, access });
}
