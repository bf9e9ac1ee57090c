const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Where a text is cut, the most welcome place first; a cut far from the end of a piece is left to the next kind. */
const borders: readonly { readonly end: RegExp; readonly leastShare: number }[] = [
  { end: /\n[^\S\n]*\n/g, leastShare: 0.5 },
  { end: /\n/g, leastShare: 0.5 },
  { end: /\s/g, leastShare: 0 },
];

/**
 * Cuts a text into pieces at the end of a paragraph, a line or a word, else between two characters as people see them (grapheme
 * clusters: no emoji or accent is torn apart). Joined, the pieces are the text, letter by letter.
 * @param limit longest piece in UTF-16 code units (`length`), from 2: the strictest way to count, whichever way Salesforce does
 */
export function splitText(text: string, limit: number): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > limit) {
    const cut = cutOf(rest, limit);
    pieces.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  return [...pieces, rest];
}

function cutOf(text: string, limit: number): number {
  // Whether two characters belong together shows in what stands before and in the one that follows: no more is looked at, so that
  // a long text takes no longer than its pieces do.
  const segments = graphemes.segment(text.slice(0, limit + 2));
  const startOf = (at: number) => segments.containing(at)?.index ?? at;
  const room = text.slice(0, limit);
  for (const { end, leastShare } of borders) {
    const ends = [...room.matchAll(end)].map((match) => match.index + match[0].length);
    const cut = ends.findLast((at) => at >= limit * leastShare && startOf(at) === at);
    if (cut !== undefined) return cut;
  }
  const cut = startOf(limit);
  // One cluster fills the whole piece, as a letter below a tower of accents: only its code points are kept whole.
  if (cut === 0) return isLowSurrogate(text, limit) ? limit - 1 : limit;
  return cut;
}

function isLowSurrogate(text: string, at: number): boolean {
  return /[\uDC00-\uDFFF]/.test(text.charAt(at));
}
