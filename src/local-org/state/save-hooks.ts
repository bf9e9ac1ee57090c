import type { FieldValue, StoredRecord } from './record-store.ts';

/** One record on its way into the store. */
export interface RecordChange {
  /** As stored; undefined for an insert. */
  readonly old: StoredRecord | undefined;
  /** As it will be stored, or (after the save) is; a hook before the save may change it. Undefined for a delete. */
  readonly values: Record<string, FieldValue> | undefined;
  /**
   * Refuses this record, as `addError` does; each call adds an error.
   * @param statusCode absent: `FIELD_CUSTOM_VALIDATION_EXCEPTION`
   */
  fail(message: string, fields?: readonly string[], statusCode?: string): void;
}

/** Up to 200 records of one object being saved together, as a trigger sees them. */
export interface SaveEvent {
  readonly operation: 'insert' | 'update' | 'delete' | 'undelete';
  readonly sobject: string;
  readonly userId: string;
  readonly changes: readonly RecordChange[];
}

/**
 * Whoever takes part in saving records: the Apex runtime, firing triggers. What it throws rolls the save back.
 */
export interface SaveHooks {
  /** Whether it takes part in saves of an object at all. If not, it is not asked for anything else. */
  concerns(sobject: string): boolean;
  /**
   * Runs a whole save, with all of its chunks, in one transaction of the org (and of Apex). Both hooks run inside.
   * @throws SaveAborted if the save failed as a whole, not record by record; whatever `work` throws
   */
  transaction<T>(userId: string, work: () => T): T;
  /** Begins an attempt at a chunk; what it gives is called before another attempt, which starts with the same limits. */
  attempt(): () => void;
  /** Not for an undelete. */
  before(event: SaveEvent): void;
  after(event: SaveEvent): void;
}
