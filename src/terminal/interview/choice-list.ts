import type { Choice } from './question.ts';

/** A list this long can be filtered by typing. */
const filterFrom = 8;

/** Whether a list is long enough to be filtered. */
export function isLong(choices: readonly Choice[]): boolean {
  return choices.length >= filterFrom;
}

/**
 * The choices that hold every word of the filter, in their own order. Spaces inside a name may be left out, because in a list of
 * several the space bar ticks.
 */
export function filtered(choices: readonly Choice[], filter: string): readonly Choice[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return choices;
  return choices.filter(({ name, description }) => {
    const text = `${name} ${description ?? ''}`.toLowerCase();
    const dense = text.replaceAll(/\s/g, '');
    return words.every((word) => text.includes(word) || dense.includes(word));
  });
}

/** Where the cursor lands: on the wanted choice, else on the first that can be taken. */
export function startAt(choices: readonly Choice[], wanted: unknown): number {
  const at = choices.findIndex((choice) => choice.value === wanted);
  if (at !== -1) return at;
  return Math.max(
    0,
    choices.findIndex((choice) => choice.disabled === undefined),
  );
}
