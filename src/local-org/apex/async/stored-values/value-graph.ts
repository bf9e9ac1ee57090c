/** A value in a stored graph: plain ones as they are, others by the number of their node. */
export type StoredValue = null | boolean | number | string | { readonly long: string } | { readonly node: number };

/** One object of a graph, with the name of its type. */
export type StoredNode =
  | { readonly kind: 'double'; readonly value: string }
  | { readonly kind: 'decimal'; readonly unscaled: string; readonly scale: number }
  | { readonly kind: 'date' | 'datetime' | 'time'; readonly value: number }
  | { readonly kind: 'blob'; readonly base64: string }
  | { readonly kind: 'list' | 'set'; readonly type: string; readonly items: StoredValue[] }
  | { readonly kind: 'map'; readonly type: string; readonly entries: [StoredValue, StoredValue][] }
  | {
      readonly kind: 'record';
      readonly type: string;
      readonly fields: [string, StoredValue][];
      readonly origin: string;
    }
  | { readonly kind: 'object'; readonly type: string; readonly fields: [string, string, StoredValue][] }
  | { readonly kind: 'exception'; readonly type: string; readonly message: string | null; readonly cause: StoredValue }
  | { readonly kind: 'enum'; readonly type: string; readonly name: string }
  | { readonly kind: 'properties'; readonly type: string; readonly properties: [string, StoredValue][] }
  | { readonly kind: 'objectToken'; readonly object: string }
  | { readonly kind: 'fieldToken'; readonly object: string; readonly field: string }
  | { readonly kind: 'type'; readonly type: string };

/** Values with all they refer to, as JSON: shared objects stay shared, and circles stay circles. */
export interface ValueGraph {
  readonly roots: readonly StoredValue[];
  readonly nodes: readonly StoredNode[];
}
