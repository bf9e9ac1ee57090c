import type { Value } from './connections.ts';

/** Collects the values of a statement while its text is put together. */
export interface BoundValues {
  readonly values: Value[];
  /** @returns what stands for the value in the text, e.g. `$3` */
  readonly bind: (value: Value) => string;
}

export function boundValues(): BoundValues {
  const values: Value[] = [];
  return { values, bind: (value) => `$${values.push(value)}` };
}

/** `INSERT` of several rows at once. @param table with its columns, e.g. `t (a, b)` */
export function insertOf(table: string, rows: readonly (readonly Value[])[]): { text: string; values: Value[] } {
  const { values, bind } = boundValues();
  const tuples = rows.map((row) => `(${row.map(bind).join(', ')})`);
  return { text: `INSERT INTO ${table} VALUES ${tuples.join(', ')}`, values };
}
