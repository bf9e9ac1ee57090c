import type { DatabaseSync } from 'node:sqlite';

import type { DocumentStore } from '../state/document-store.ts';

/** JSON documents in SQLite. */
export function openDocumentStore(database: DatabaseSync): DocumentStore {
  const select = database.prepare('SELECT value FROM document WHERE kind = ? AND key = ?');
  const selectKind = database.prepare('SELECT key, value FROM document WHERE kind = ? ORDER BY seq');
  const upsert = database.prepare(
    'INSERT INTO document (kind, key, value) VALUES (?, ?, ?) ON CONFLICT (kind, key) DO UPDATE SET value = excluded.value',
  );
  const remove = database.prepare('DELETE FROM document WHERE kind = ? AND key = ?');
  const removeKind = database.prepare('DELETE FROM document WHERE kind = ?');
  return {
    get(kind, key) {
      const row = select.get(kind, key);
      return row === undefined ? undefined : (JSON.parse(String(row['value'])) as unknown);
    },
    put(kind, key, value) {
      upsert.run(kind, key, JSON.stringify(value));
    },
    delete: (kind, key) => Number(remove.run(kind, key).changes) > 0,
    list: (kind) =>
      selectKind
        .all(kind)
        .map((row) => ({ key: String(row['key']), value: JSON.parse(String(row['value'])) as unknown })),
    clear(kind) {
      removeKind.run(kind);
    },
  };
}
