/** Random choices that are the same each run. */
export interface Chance {
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number;
  /** True so many times out of a hundred. */
  percent(times: number): boolean;
  pick<T>(items: readonly [T, ...T[]]): T;
}

/** Numbers from a seed (mulberry32). */
export function chanceFrom(seed: number): Chance {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    percent: (times) => below(100) < times,
    pick: (items) => items[below(items.length)] ?? items[0],
  };
}

/** A text with a few pieces cut out, doubled, or replaced by words of its own language or by rubbish. */
export function spoiled(text: string, words: readonly [string, ...string[]], chance: Chance): string {
  let result = text;
  for (let times = 1 + chance.below(4); times > 0; times--) {
    const at = chance.below(result.length + 1);
    const length = chance.below(12);
    const piece = chance.pick(['', chance.pick(words), chance.pick(rubbish), result.slice(at, at + length).repeat(2)]);
    result = result.slice(0, at) + piece + result.slice(at + length);
  }
  return result;
}

const rubbish = [
  '\u0000',
  '\u{1F525}',
  '\\',
  "'",
  '"',
  '<',
  '&',
  '%',
  '}',
  ')',
  '\uD800',
  '\r\n',
  '9e999',
  '--',
  ';',
] as const;
