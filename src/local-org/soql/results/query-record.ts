import type { FieldSchema } from '../../schema/schema.ts';
import type { FieldValue } from '../../state/record-store.ts';

/** A record as a query answers it: its attributes first, then what was selected, in the order of the SELECT list. */
export interface QueryRecord {
  attributes: { type: string; url?: string };
  [field: string]: QueryValue;
}

/** The answer to a query or sub-query, whole. */
export interface QueryResult {
  readonly totalSize: number;
  readonly records: QueryRecord[];
  /** Of a query with aggregates or GROUP BY: the fields behind its columns, and how many rows went into it. */
  readonly groups?: { readonly columns: ReadonlyMap<string, FieldSchema>; readonly rows: number };
}

export type QueryValue = FieldValue | QueryRecord | SubqueryResult | { type: string; url?: string } | undefined;

/** A child query's part of a record. */
export interface SubqueryResult {
  totalSize: number;
  done: boolean;
  records: QueryRecord[];
}
