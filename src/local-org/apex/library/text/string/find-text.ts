/** Java's `indexOf`: a start before the text is its beginning; past its end only the empty text is found. */
export function indexOf(text: string, searched: string, from: number): number {
  return text.indexOf(searched, from);
}

/** Java's `lastIndexOf`: the last occurrence that begins at or before `from`; none before the text. */
export function lastIndexOf(text: string, searched: string, from: number): number {
  return from < 0 ? -1 : text.lastIndexOf(searched, from);
}

/** Character by character, as Java's `regionMatches` compares: no character changes its length. */
function folded(text: string): string {
  return text.replace(/[^\0-\u007f]/g, fold).toLowerCase();
}

function fold(char: string): string {
  const upper = char.toUpperCase();
  const lower = (upper.length === 1 ? upper : char).toLowerCase();
  return lower.length === 1 ? lower : char;
}

/** Commons Lang's `indexOfIgnoreCase`: past the end nothing is found, not even the empty text. */
export function indexIgnoringCase(text: string, searched: string, from = 0): number {
  return from > text.length ? -1 : folded(text).indexOf(folded(searched), from);
}

export function lastIndexIgnoringCase(text: string, searched: string, from: number): number {
  return lastIndexOf(folded(text), folded(searched), from);
}
