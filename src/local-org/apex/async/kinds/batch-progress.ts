import type { ValueGraph } from '../stored-values/value-graph.ts';

/** Where a batch stands; kept beside its object. */
export type BatchProgress =
  | { readonly step: 'execute'; readonly items: ValueGraph; readonly next: number }
  | { readonly step: 'finish' };
