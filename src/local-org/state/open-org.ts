import { OBJECT_FACTS } from '../schema/object-facts.ts';
import { openOrgSchema } from '../schema/org-schema.ts';
import { emptyTables, openDatabase } from '../store/database.ts';
import { seedOrg, seedServiceChannels } from '../store/seed-org.ts';
import { openSequences } from '../store/sequences.ts';
import { openComponentStore } from '../store/sqlite-components.ts';
import { openDocumentStore } from '../store/sqlite-documents.ts';
import { openRecordStore } from '../store/sqlite-records.ts';
import { persistentSettings, readSettings } from '../store/stored-settings.ts';
import { openTransactions } from '../store/transactions.ts';
import type { OrgKind } from './org-settings.ts';
import type { OrgState } from './org-state.ts';

export interface OpenOrgOptions {
  /** Directory of the org's files; absent keeps everything in memory. */
  readonly dataDir?: string;
  /** Kind of a new org; an org that exists keeps its own. */
  readonly kind?: OrgKind;
  /** Name of a new org. */
  readonly name?: string;
  readonly now?: () => Date;
  /** A number in [0, 1): where a new organization id comes from. */
  readonly random?: () => number;
  /** See `OrgState.baseUrl`. */
  readonly baseUrl?: () => string;
}

export interface OpenedOrg {
  readonly state: OrgState;
  /** Throws everything away and begins as a new org, with another organization id; kind and name stay. */
  readonly reset: () => void;
  /** Closes the database; the state must not be used afterwards. */
  readonly close: () => void;
}

/**
 * Opens the org of a data directory, or makes a new one there.
 * @throws OrgStoreError if the directory is in use or was written by another version
 */
export function openOrgState(options: OpenOrgOptions = {}): OpenedOrg {
  const now = options.now ?? ((): Date => new Date());
  const database = openDatabase(options.dataDir);
  const transactions = openTransactions(database);
  const sequences = openSequences(database);
  const documents = openDocumentStore(database);
  const components = openComponentStore({ database, transactions, now });
  const schema = openOrgSchema(components);
  const keyPrefix = (sobject: string): string => {
    const prefix = OBJECT_FACTS[sobject]?.keyPrefix ?? schema().data.object(sobject)?.keyPrefix;
    if (prefix === undefined) throw new Error(`The local org knows no object ${sobject}.`);
    return prefix;
  };
  const records = openRecordStore({ database, sequences, transactions, now, keyPrefix });
  const seed = (kind: OrgKind, name: string): void => {
    seedOrg({ records, documents, sequences, kind, name, random: options.random ?? Math.random });
  };
  transactions.run(() => {
    const stored = readSettings(documents);
    if (stored === undefined) seed(options.kind ?? 'developer', options.name ?? 'Local Org');
    else seedServiceChannels(records, stored.adminUserId);
  });
  const state: OrgState = {
    settings: persistentSettings(documents),
    records,
    components,
    documents,
    saveHooks: undefined,
    schema,
    now,
    transaction: (work) => transactions.run(work),
    savepoint: () => transactions.savepoint(),
    nextNumber: (name) => sequences.next(name),
    baseUrl: options.baseUrl ?? ((): string => 'http://127.0.0.1'),
  };
  return {
    state,
    reset: () => {
      const { kind, name } = state.settings;
      transactions.run(() => {
        emptyTables(database);
        sequences.restart();
        transactions.invalidate();
        seed(kind, name);
      });
    },
    close: () => {
      database.close();
    },
  };
}
