import type { ComponentStore } from './component-store.ts';
import type { DocumentStore } from './document-store.ts';
import type { Schema } from '../schema/schema.ts';
import type { RecordStore } from './record-store.ts';
import type { OrgSettings } from './org-settings.ts';
import type { SaveHooks } from './save-hooks.ts';

/** A place in a transaction to which it can go back. */
export interface Savepoint {
  /**
   * Takes back what was written since; the savepoint stays, later ones are gone.
   * @returns false if it is gone itself, or belongs to another level of nested transactions
   */
  rollback(): boolean;
  /** Forgets this savepoint and later ones; what was written stays. Returns false as above. */
  release(): boolean;
}

/**
 * The local org: what every route, the metadata engine and the Apex runtime are handed. One object, made once by
 * `open-org.ts`; everything that must outlive the process goes through `records`, `components`, `documents` or `settings`.
 */
export interface OrgState {
  /** Identity and switches of this org; changed by the control API and by Settings metadata. */
  readonly settings: OrgSettings;
  readonly records: RecordStore;
  readonly components: ComponentStore;
  /** What must outlive the process and is neither a record nor a component: sessions, clients, deployments. */
  readonly documents: DocumentStore;
  /** Takes part in every save of records; undefined as long as nothing runs triggers. */
  saveHooks: SaveHooks | undefined;
  /** Object schemas with the custom fields deployed so far. Ask anew each time: a deploy changes it. */
  schema(): Schema;
  /** Now; a parameter of the org so that tests can hold the clock. */
  readonly now: () => Date;
  /**
   * Runs `work` in one database transaction: all of it is kept, or none. Nested calls are savepoints.
   * @throws whatever `work` throws, after rolling back
   */
  transaction<T>(work: () => T): T;
  /** Sets a savepoint in the innermost transaction. @throws Error outside of one */
  savepoint(): Savepoint;
  /** The next number of a named counter, from 1; never the same one twice, even after a rollback. */
  nextNumber(counter: string): number;
  /** The URL the org is reached at, without a trailing slash, e.g. `http://127.0.0.1:40123`. */
  baseUrl(): string;
}
