import type { Attempt } from './attempt.ts';

/** Whether a character, by its code point, is one of a set. */
export type CharTest = (codePoint: number) => boolean;

/** A condition on a place between two characters. */
export type PlaceTest = (attempt: Attempt, at: number) => boolean;

export type RepeatMode = 'greedy' | 'lazy' | 'possessive';

export interface RepeatNode {
  readonly kind: 'repeat';
  readonly body: RegexNode;
  readonly min: number;
  /** Infinity where there is none. */
  readonly max: number;
  readonly mode: RepeatMode;
}

export interface LookNode {
  readonly kind: 'look';
  readonly direction: 'ahead' | 'behind';
  readonly negative: boolean;
  readonly body: RegexNode;
}

/** A part of a regular expression as it was parsed; flags are already worked into it. */
export type RegexNode =
  | { readonly kind: 'char'; readonly test: CharTest }
  | { readonly kind: 'place'; readonly test: PlaceTest }
  | { readonly kind: 'sequence'; readonly parts: readonly RegexNode[] }
  | { readonly kind: 'choice'; readonly branches: readonly RegexNode[] }
  | { readonly kind: 'capture'; readonly group: number; readonly body: RegexNode }
  | { readonly kind: 'atomic'; readonly body: RegexNode }
  | { readonly kind: 'reference'; readonly group: number; readonly equal: (one: number, other: number) => boolean }
  | LookNode
  | RepeatNode;

/** A node that always matches and takes nothing. */
export const emptyNode: RegexNode = { kind: 'sequence', parts: [] };
