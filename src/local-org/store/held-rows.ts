import { fieldText } from '../state/field-text.ts';
import type { FieldValue, StoredRecord } from '../state/record-store.ts';

interface HeldRow {
  record: StoredRecord;
  /** Place in the order of creation. */
  readonly place: number;
}

/** Ids of the rows that have a value, by value. */
type Index = Map<FieldValue, Set<string>>;

/** The live rows of one object in memory, with indexes over the fields that were asked for. */
export class HeldRows {
  readonly #rows = new Map<string, HeldRow>();
  readonly #indexes = new Map<string, Index>();
  #nextPlace = 0;

  /** @param rows in order of creation */
  constructor(rows: Iterable<StoredRecord>) {
    for (const row of rows) this.set(row);
  }

  get(id: string): StoredRecord | undefined {
    return this.#rows.get(id)?.record;
  }

  /** Adds a row, or puts it in the place of the one with its id. */
  set(record: StoredRecord): void {
    const held = this.#rows.get(record.Id);
    for (const [field, index] of this.#indexes) {
      if (held !== undefined) forget(index, held.record, field);
      note(index, record, field);
    }
    if (held !== undefined) held.record = record;
    else {
      this.#rows.set(record.Id, { record, place: this.#nextPlace });
      this.#nextPlace += 1;
    }
  }

  delete(id: string): void {
    const held = this.#rows.get(id);
    if (held === undefined) return;
    for (const [field, index] of this.#indexes) forget(index, held.record, field);
    this.#rows.delete(id);
  }

  *all(): Generator<StoredRecord> {
    for (const { record } of this.#rows.values()) yield record;
  }

  /** Rows whose field has one of the values, in order of creation. The field is indexed from the first call on. */
  having(field: string, values: Iterable<FieldValue>): StoredRecord[] {
    const index = field === 'Id' ? undefined : this.#indexOf(field);
    const found: HeldRow[] = [];
    for (const value of values) {
      const ids = index === undefined ? [fieldText(value)] : (index.get(value) ?? []);
      for (const id of ids) {
        const held = this.#rows.get(id);
        if (held !== undefined) found.push(held);
      }
    }
    return found.toSorted((one, other) => one.place - other.place).map((held) => held.record);
  }

  #indexOf(field: string): Index {
    let index = this.#indexes.get(field);
    if (index === undefined) {
      index = new Map();
      for (const { record } of this.#rows.values()) note(index, record, field);
      this.#indexes.set(field, index);
    }
    return index;
  }
}

function note(index: Index, record: StoredRecord, field: string): void {
  const value = record[field] ?? null;
  const ids = index.get(value);
  if (ids === undefined) index.set(value, new Set([record.Id]));
  else ids.add(record.Id);
}

function forget(index: Index, record: StoredRecord, field: string): void {
  index.get(record[field] ?? null)?.delete(record.Id);
}
