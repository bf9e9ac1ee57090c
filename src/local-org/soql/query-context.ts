import { readRow, readRows, readRowsHaving } from '../records/read-rows.ts';
import type { ApiSchema, ObjectSchema } from '../schema/schema.ts';
import { visibleSchema } from '../schema/visible-schema.ts';
import { fieldText } from '../state/field-text.ts';
import type { OrgState } from '../state/org-state.ts';
import type { StoredRecord } from '../state/record-store.ts';
import type { Binding } from './conditions/bound-values.ts';

/** Who asks, and what rules hold for them. */
export interface QueryAccess {
  readonly userId: string;
  /** `system` sees all fields, as Apex does; the API is `user`, which is the default. */
  readonly mode?: 'user' | 'system';
  /** Rows of the recycle bin too (`queryAll`, `ALL ROWS`). */
  readonly includeDeleted?: boolean;
  /** What the bind variables of the query stand for, by their text (`ids`, `record.Id`). Absent: it may have none. */
  readonly bind?: (path: string) => Binding;
  /** For the URLs in the answer; the org's own if absent. */
  readonly apiVersion?: string;
}

export type ApiName = 'data' | 'tooling';

/** One query being run: the schema it sees and its rows, each object read once. */
export interface QueryContext {
  readonly org: OrgState;
  readonly api: ApiName;
  readonly schema: ApiSchema;
  readonly soql: string;
  readonly access: QueryAccess;
  rows(object: ObjectSchema): readonly StoredRecord[];
  /** The rows whose field (an id or a reference) has one of the values. */
  rowsHaving(object: ObjectSchema, field: string, ids: ReadonlySet<string>): readonly StoredRecord[];
  /** The row a reference points to, by the objects it may point to. */
  referenced(objects: readonly ObjectSchema[], id: string): { object: ObjectSchema; row: StoredRecord } | undefined;
}

export function queryContext(org: OrgState, api: ApiName, soql: string, access: QueryAccess): QueryContext {
  const schema = access.mode === 'system' ? org.schema()[api] : visibleSchema(org, access.userId, api);
  const held = new Map<string, readonly StoredRecord[]>();
  const options = { userId: access.userId, includeDeleted: access.includeDeleted ?? false };
  return {
    org,
    api,
    schema,
    soql,
    access,
    rows(object) {
      let rows = held.get(object.name);
      if (rows === undefined) {
        rows = readRows(org, object, options);
        held.set(object.name, rows);
      }
      return rows;
    },
    rowsHaving: (object, field, ids) => {
      const known = held.get(object.name);
      if (known === undefined) return readRowsHaving(org, object, field, ids, options);
      return known.filter((row) => ids.has(fieldText(row[field])));
    },
    referenced(objects, id) {
      for (const object of objects) {
        // Definitions are referred to by name, everything else by an id that tells its object.
        if (!object.name.endsWith('Definition') && object.keyPrefix !== id.slice(0, 3)) continue;
        const row = readRow(org, object, id, options);
        if (row !== undefined) return { object, row };
      }
      return undefined;
    },
  };
}
