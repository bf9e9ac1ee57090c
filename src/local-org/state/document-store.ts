/** JSON documents by kind and key: what must outlive the process and is neither a record nor a component. */
export interface DocumentStore {
  /** Undefined if there is none. The caller knows the kind's shape: it is the one who put it. */
  get(kind: string, key: string): unknown;
  /** Inserts or replaces. The value must survive JSON. */
  put(kind: string, key: string, value: unknown): void;
  delete(kind: string, key: string): boolean;
  /** All of a kind in order of first insertion. */
  list(kind: string): { readonly key: string; readonly value: unknown }[];
  /** Removes all of a kind. */
  clear(kind: string): void;
}
