const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SUFFIX_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
/** The part of an id that names the instance an org lives on; the local org's own. */
const INSTANCE = 'Lo0';
const COUNTER_DIGITS = 9;

/**
 * The three characters that make a case-sensitive 15-character id safe where case is lost: one per five characters, each
 * bit set where a character is an upper-case letter.
 */
export function idSuffix(id15: string): string {
  let suffix = '';
  for (let chunk = 0; chunk < 3; chunk++) {
    let bits = 0;
    for (let position = 0; position < 5; position++) {
      const character = id15.charAt(chunk * 5 + position);
      if (character >= 'A' && character <= 'Z') bits |= 1 << position;
    }
    suffix += SUFFIX_ALPHABET.charAt(bits);
  }
  return suffix;
}

/**
 * An id in its 18-character form.
 * @returns undefined if the text is no id: wrong length, foreign characters, or a suffix that does not fit
 */
export function toId18(id: string): string | undefined {
  if (!/^[0-9A-Za-z]{15}(?:[0-9A-Za-z]{3})?$/.test(id)) return undefined;
  const base = id.slice(0, 15);
  const full = base + idSuffix(base);
  return id.length === 15 || id.slice(15).toUpperCase() === full.slice(15) ? full : undefined;
}

/** The id of the `counter`-th row under a key prefix (three characters). */
export function makeId(keyPrefix: string, counter: number): string {
  let digits = '';
  for (let rest = counter; rest > 0; rest = Math.floor(rest / ALPHABET.length)) {
    digits = ALPHABET.charAt(rest % ALPHABET.length) + digits;
  }
  const base = keyPrefix + INSTANCE + digits.padStart(COUNTER_DIGITS, '0');
  return base + idSuffix(base);
}

/** An organization id no other org is likely to have. `random` yields numbers in [0, 1). */
export function makeOrganizationId(random: () => number): string {
  let base = '00DLo0';
  while (base.length < 15) base += ALPHABET.charAt(Math.floor(random() * ALPHABET.length));
  return base + idSuffix(base);
}
