/**
 * The names that were most likely meant: those with the fewest letters changed, at most a third of them.
 * @param names what there is
 */
export function nearest(given: string, names: readonly string[]): string[] {
  const wanted = given.toLowerCase();
  const measured = names.map((name) => ({ name, distance: editDistance(wanted, name.toLowerCase()) }));
  const least = Math.min(...measured.map(({ distance }) => distance));
  return measured
    .filter(({ name, distance }) => distance === least && distance <= Math.max(1, Math.floor(name.length / 3)))
    .map(({ name }) => name);
}

/** Levenshtein: how many letters are put in, taken out or changed. */
export function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [i, letter] of Array.from(one).entries()) {
    const next = [i + 1];
    for (let j = 0; j < other.length; j += 1) {
      const change = (row[j] ?? 0) + (letter === other[j] ? 0 : 1);
      next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
