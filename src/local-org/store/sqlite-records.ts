import type { DatabaseSync } from 'node:sqlite';

import type { FieldValue, RecordStore, StoredRecord } from '../state/record-store.ts';
import { makeId, toId18 } from './record-id.ts';
import type { Sequences } from './sequences.ts';
import type { Transactions } from './transactions.ts';
import { VersionCounters } from './version-counters.ts';

export interface RecordStoreOptions {
  readonly database: DatabaseSync;
  readonly sequences: Sequences;
  readonly transactions: Transactions;
  readonly now: () => Date;
  /** Key prefix of an object's ids. @throws Error for an object it does not know */
  readonly keyPrefix: (sobject: string) => string;
}

/**
 * Rows in SQLite with the rows of each object read once and then held in memory: this process is the only writer (the
 * database is locked), so what is held is what is stored. A rollback throws the held rows away.
 */
export function openRecordStore(options: RecordStoreOptions): RecordStore {
  const { database, sequences, transactions, now, keyPrefix } = options;
  const selectLive = database.prepare('SELECT fields FROM record WHERE sobject = ? AND deleted = 0 ORDER BY seq');
  const selectDeleted = database.prepare('SELECT fields FROM record WHERE sobject = ? AND deleted = 1 ORDER BY seq');
  const selectTombstone = database.prepare('SELECT 1 FROM record WHERE id = ? AND deleted = 1');
  const insertRow = database.prepare('INSERT INTO record (id, sobject, fields) VALUES (?, ?, ?)');
  const updateRow = database.prepare('UPDATE record SET fields = ? WHERE id = ?');
  const deleteRow = database.prepare('UPDATE record SET deleted = 1, fields = ? WHERE id = ?');
  const held = new Map<string, Map<string, StoredRecord>>();
  const versions = new VersionCounters();
  transactions.onStale(() => {
    held.clear();
    versions.bumpAll();
  });

  const rowsOf = (sobject: string): Map<string, StoredRecord> => {
    const known = held.get(sobject);
    if (known !== undefined) return known;
    const rows = new Map(
      selectLive
        .all(sobject)
        .map((row) => parseRow(row['fields']))
        .map((row) => [row.Id, row]),
    );
    held.set(sobject, rows);
    return rows;
  };
  /** Salesforce keeps these times to the second. */
  const timestamp = (): string => `${now().toISOString().slice(0, 19)}.000Z`;
  const rowById = (sobject: string, id: string): StoredRecord | undefined => {
    const id18 = toId18(id);
    return id18 === undefined ? undefined : rowsOf(sobject).get(id18);
  };

  return {
    insert(sobject, values, userId) {
      const rows = rowsOf(sobject);
      const id =
        typeof values['Id'] === 'string'
          ? values['Id']
          : makeId(keyPrefix(sobject), sequences.next(keyPrefix(sobject)));
      const time = timestamp();
      const record: StoredRecord = {
        ...withoutNulls(values),
        Id: id,
        CreatedDate: time,
        CreatedById: userId,
        LastModifiedDate: time,
        LastModifiedById: userId,
        SystemModstamp: time,
      };
      insertRow.run(id, sobject, JSON.stringify(record));
      rows.set(id, record);
      versions.bump(sobject);
      return { ...record };
    },
    update(sobject, id, values, userId) {
      const existing = rowById(sobject, id);
      if (existing === undefined) throw new Error(`No ${sobject} with id ${id}`);
      const time = timestamp();
      const changed = withoutNulls({ ...existing, ...values });
      const record: StoredRecord = {
        ...changed,
        Id: existing.Id,
        LastModifiedDate: time,
        LastModifiedById: userId,
        SystemModstamp: time,
      };
      updateRow.run(JSON.stringify(record), record.Id);
      rowsOf(sobject).set(record.Id, record);
      versions.bump(sobject);
      return { ...record };
    },
    delete(sobject, id) {
      const existing = rowById(sobject, id);
      if (existing === undefined) return false;
      deleteRow.run(JSON.stringify({ ...existing, IsDeleted: true, SystemModstamp: timestamp() }), existing.Id);
      rowsOf(sobject).delete(existing.Id);
      versions.bump(sobject);
      return true;
    },
    get(sobject, id) {
      const row = rowById(sobject, id);
      return row === undefined ? undefined : { ...row };
    },
    find(sobject, match) {
      const wanted = Object.entries(match);
      const rows: StoredRecord[] = [];
      for (const row of rowsOf(sobject).values()) {
        if (wanted.every(([field, value]) => (row[field] ?? null) === value)) rows.push({ ...row });
      }
      return rows;
    },
    all: (sobject) => Array.from(rowsOf(sobject).values(), (row) => ({ ...row })),
    isDeleted(id) {
      const id18 = toId18(id);
      return id18 !== undefined && selectTombstone.get(id18) !== undefined;
    },
    deleted: (sobject) => selectDeleted.all(sobject).map((row) => parseRow(row['fields'])),
    version: (sobject) => versions.of(sobject),
  };
}

function parseRow(text: unknown): StoredRecord {
  return JSON.parse(String(text)) as StoredRecord;
}

function withoutNulls(values: Record<string, FieldValue>): Record<string, FieldValue> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined));
}
