import type { DatabaseSync } from 'node:sqlite';

import type { Component, ComponentStore } from '../state/component-store.ts';
import type { Transactions } from './transactions.ts';
import { VersionCounters } from './version-counters.ts';

export interface ComponentStoreOptions {
  readonly database: DatabaseSync;
  readonly transactions: Transactions;
  readonly now: () => Date;
}

/** Components in SQLite; names are keyed in lower case because Salesforce compares them without case. */
export function openComponentStore({ database, transactions, now }: ComponentStoreOptions): ComponentStore {
  const select = database.prepare('SELECT content FROM component WHERE type = ? AND name_key = ?');
  const selectType = database.prepare('SELECT content FROM component WHERE type = ? ORDER BY seq');
  const upsert = database.prepare(
    `INSERT INTO component (type, name_key, content) VALUES (?, ?, ?)
     ON CONFLICT (type, name_key) DO UPDATE SET content = excluded.content`,
  );
  const remove = database.prepare('DELETE FROM component WHERE type = ? AND name_key = ?');
  const versions = new VersionCounters();
  transactions.onStale(() => {
    versions.bumpAll();
  });

  const get = (type: string, fullName: string): Component | undefined => {
    const row = select.get(type, fullName.toLowerCase());
    return row === undefined ? undefined : parseComponent(row['content']);
  };
  return {
    get,
    list: (type) => selectType.all(type).map((row) => parseComponent(row['content'])),
    put(component) {
      const time = now().toISOString();
      const createdDate = get(component.type, component.fullName)?.createdDate ?? time;
      const stored: Component = { ...component, createdDate, lastModifiedDate: time };
      upsert.run(component.type, component.fullName.toLowerCase(), JSON.stringify(stored));
      versions.bump(component.type);
      return stored;
    },
    delete(type, fullName) {
      versions.bump(type);
      return Number(remove.run(type, fullName.toLowerCase()).changes) > 0;
    },
    version: (type) => versions.of(type),
  };
}

/** JSON leaves out what is undefined; the contract has the keys. */
function parseComponent(text: unknown): Component {
  const stored = JSON.parse(String(text)) as Component;
  return { ...stored, body: stored.body, recordId: stored.recordId };
}
