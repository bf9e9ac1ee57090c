import type { DatabaseSync } from 'node:sqlite';

import type { FieldValue, RecordStore, StoredRecord } from '../state/record-store.ts';
import { HeldRows } from './held-rows.ts';
import { makeId, toId18 } from './record-id.ts';
import type { Sequences } from './sequences.ts';
import type { Transactions } from './transactions.ts';
import { VersionCounters } from './version-counters.ts';
import { storedDatetime } from '../state/stored-datetime.ts';

export interface RecordStoreOptions {
  readonly database: DatabaseSync;
  readonly sequences: Sequences;
  readonly transactions: Transactions;
  readonly now: () => Date;
  /** Key prefix of an object's ids. @throws Error for an object it does not know */
  readonly keyPrefix: (sobject: string) => string;
}

/** In rows of the recycle bin: the id of the record whose deletion took them along, or their own. No field's name. */
const DELETED_WITH = '(deleted with)';

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
  const selectTomb = database.prepare('SELECT fields FROM record WHERE id = ? AND sobject = ? AND deleted = 1');
  const restoreRow = database.prepare('UPDATE record SET deleted = 0, fields = ? WHERE id = ?');
  const purgeRow = database.prepare('DELETE FROM record WHERE id = ? AND deleted = 1');
  // Hidden rows keep what they were, two higher: 2 for live ones, 3 for those in the recycle bin.
  const hideRows = database.prepare('UPDATE record SET deleted = deleted + 2 WHERE sobject = ? AND deleted < 2');
  const held = new Map<string, HeldRows>();
  const versions = new VersionCounters();
  transactions.onStale(() => {
    held.clear();
    versions.bumpAll();
  });

  const rowsOf = (sobject: string): HeldRows => {
    const known = held.get(sobject);
    if (known !== undefined) return known;
    const rows = new HeldRows(selectLive.all(sobject).map((row) => parseRow(row['fields'])));
    held.set(sobject, rows);
    return rows;
  };
  const timestamp = (): string => storedDatetime(now());
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
      rows.set(record);
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
      rowsOf(sobject).set(record);
      versions.bump(sobject);
      return { ...record };
    },
    overwrite(sobject, id, values) {
      const existing = rowById(sobject, id);
      if (existing === undefined) throw new Error(`No ${sobject} with id ${id}`);
      const record: StoredRecord = { ...withoutNulls({ ...existing, ...values }), Id: existing.Id };
      updateRow.run(JSON.stringify(record), record.Id);
      rowsOf(sobject).set(record);
      versions.bump(sobject);
      return { ...record };
    },
    delete(sobject, id, together) {
      const existing = rowById(sobject, id);
      if (existing === undefined) return false;
      const tomb = {
        ...existing,
        IsDeleted: true,
        SystemModstamp: timestamp(),
        [DELETED_WITH]: together ?? existing.Id,
      };
      deleteRow.run(JSON.stringify(tomb), existing.Id);
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
      // References are worth an index: there are many of them, and few rows to each.
      const reference = wanted.find(([field, value]) => field.endsWith('Id') && typeof value === 'string');
      const held = rowsOf(sobject);
      const candidates = reference === undefined ? held.all() : held.having(reference[0], [reference[1]]);
      for (const row of candidates) {
        if (wanted.every(([field, value]) => (row[field] ?? null) === value)) rows.push({ ...row });
      }
      return rows;
    },
    findAny: (sobject, field, values) =>
      rowsOf(sobject)
        .having(field, new Set(values))
        .map((row) => ({ ...row })),
    all: (sobject) => Array.from(rowsOf(sobject).all(), (row) => ({ ...row })),
    undelete(sobject, id) {
      const id18 = toId18(id);
      const tomb = id18 === undefined ? undefined : selectTomb.get(id18, sobject);
      if (tomb === undefined) return undefined;
      const { IsDeleted: _deleted, [DELETED_WITH]: _together, ...row } = parseRow(tomb['fields']);
      const record: StoredRecord = { ...row, Id: row.Id, SystemModstamp: timestamp() };
      restoreRow.run(JSON.stringify(record), record.Id);
      // Its place among the others is the one it had: read anew.
      held.delete(sobject);
      versions.bump(sobject);
      return { ...record };
    },
    deletedTogether: (sobject, id) =>
      selectDeleted
        .all(sobject)
        .map((row) => parseRow(row['fields']))
        .filter((row) => row[DELETED_WITH] === id && row.Id !== id)
        .map((row) => row.Id),
    purge(id) {
      const id18 = toId18(id);
      return id18 !== undefined && purgeRow.run(id18).changes > 0;
    },
    hide(sobjects) {
      for (const sobject of sobjects) {
        hideRows.run(sobject);
        held.delete(sobject);
        versions.bump(sobject);
      }
    },
    isDeleted(id) {
      const id18 = toId18(id);
      return id18 !== undefined && selectTombstone.get(id18) !== undefined;
    },
    deleted: (sobject) =>
      selectDeleted.all(sobject).map((row) => {
        const { [DELETED_WITH]: _together, ...record } = parseRow(row['fields']);
        return { ...record, Id: record.Id };
      }),
    version: (sobject) => versions.of(sobject),
  };
}

function parseRow(text: unknown): StoredRecord {
  return JSON.parse(String(text)) as StoredRecord;
}

function withoutNulls(values: Record<string, FieldValue>): Record<string, FieldValue> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined));
}
