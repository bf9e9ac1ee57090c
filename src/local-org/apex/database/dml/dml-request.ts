import type { Value } from '../../values/value.ts';
import type { DmlOptions } from './dml-options.ts';
import type { DmlOperation } from './dml-outcome.ts';
import type { AccessMode } from '../queries/query.ts';

export interface DmlRequest {
  readonly operation: DmlOperation;
  /** A record or a list of records. */
  readonly records: Value;
  /** True saves all records or none, and throws. */
  readonly allOrNone: boolean;
  /** Of an upsert: the field that tells whether a record is there already. Absent: `Id`. */
  readonly externalIdField?: string | undefined;
  readonly access: AccessMode;
  readonly options?: DmlOptions | undefined;
}
