const parts = [
  'a',
  'word',
  'longer-word',
  ' ',
  ' ',
  '  ',
  '\n',
  '\n\n',
  '\r\n',
  '\t',
  '\r',
  '\u2028',
  '. ',
  'é',
  'e\u0301',
  '漢字',
  '👍',
  '👩‍👩‍👧‍👦',
  '🇩🇪',
  '👍🏽',
  '\u200B',
  '[Agent] ',
  '[AI, continued] ',
  'x'.repeat(40),
];

/** A text of so many parts of every awkward kind; the same for the same seed. */
export function randomText(seed: number, count: number): string {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return Array.from({ length: Math.floor(next() * count) }, () => parts[Math.floor(next() * parts.length)]).join('');
}
