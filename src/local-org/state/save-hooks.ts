import type { FieldValue, StoredRecord } from './record-store.ts';

/** One record on its way into the store. */
export interface RecordChange {
  /** As stored; undefined for an insert. */
  readonly old: StoredRecord | undefined;
  /** As it will be stored, or (after the save) is; a hook before the save may change it. Undefined for a delete. */
  readonly values: Record<string, FieldValue> | undefined;
  /** Refuses this record, as `addError` does. */
  fail(message: string, fields?: readonly string[]): void;
}

/** Up to 200 records of one object being saved together, as a trigger sees them. */
export interface SaveEvent {
  readonly operation: 'insert' | 'update' | 'delete';
  readonly sobject: string;
  readonly userId: string;
  readonly changes: readonly RecordChange[];
}

/**
 * Whoever takes part in saving records: the Apex runtime, firing triggers. Both run inside the transaction of the save;
 * what they throw rolls it back.
 */
export interface SaveHooks {
  before(event: SaveEvent): void;
  after(event: SaveEvent): void;
}
