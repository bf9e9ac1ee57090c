import type { KeypressEvent } from '@inquirer/core';

/** How the asking of one question ended. */
export type PromptEnd<V> =
  | { back: false; value: V }
  /** `draft` is what was typed or chosen so far; it is offered when the question comes again. */
  | { back: true; draft: unknown };

/**
 * Esc, and Shift-Tab for terminals that keep Esc for themselves (those inside JetBrains IDEs do). Not Ctrl-B: it moves the
 * cursor while typing, and tmux keeps it.
 */
export function isBackKey(key: KeypressEvent): boolean {
  return key.name === 'escape' || (key.name === 'tab' && key.shift);
}
