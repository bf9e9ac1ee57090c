/** What Java's `Character` says of a character, as patterns for one whole character or a run of them. */
const kinds = {
  letter: /^\p{L}$/u,
  digit: /^\p{Nd}$/u,
  lowerCase: /^\p{Lowercase}$/u,
  upperCase: /^\p{Uppercase}$/u,
  titleCase: /^\p{Lt}$/u,
} as const;

type CharKind = keyof typeof kinds;

/** @param char one character */
export function isOfKind(kind: CharKind, char: string): boolean {
  return kinds[kind].test(char);
}

const otherSpaces = /^[\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]$/;

/** Java's `isWhitespace`: controls and blanks, but none of the spaces that do not break a line. */
export function isWhitespace(char: string): boolean {
  return (char >= '\t' && char <= '\r') || (char >= '\u001C' && char <= ' ') || otherSpaces.test(char);
}

/** Unicode's general categories in the wording of Java's `Character.getType`. */
const categories = [
  'Lu', 'Ll', 'Lt', 'Lm', 'Lo', 'Mn', 'Mc', 'Me', 'Nd', 'Nl', 'No', 'Zs', 'Zl', 'Zp', 'Cc', 'Cf', 'Cs', 'Co',
  'Pd', 'Ps', 'Pe', 'Pc', 'Po', 'Pi', 'Pf', 'Sm', 'Sc', 'Sk', 'So',
] as const; // prettier-ignore
const categoryTests = categories.map((name) => ({ name, test: new RegExp(`^\\p{${name}}$`, 'u') }));

/** The general category of a character, e.g. `Lu`; `Cn` where Unicode has given it none. */
export function categoryOf(char: string): string {
  return categoryTests.find(({ test }) => test.test(char))?.name ?? 'Cn';
}
