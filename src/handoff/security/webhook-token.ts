import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Bits that a token must have where others than this machine can try it. */
const safeBits = 128;

/** A new token of 256 bits, fit for a URL. */
export function newWebhookToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Whether a token can be a part of a path as it is. */
export function isTokenWritable(token: string): boolean {
  return /^[\w-]+$/.test(token);
}

/** Whether a token, if it was made by chance, cannot be guessed over a network. */
export function isTokenStrong(token: string): boolean {
  const bitsPerCharacter = /^(?:[\da-f]+|[\dA-F]+)$/.test(token) ? 4 : 5.9;
  // "aaaaaaaa…" was not made by chance.
  return token.length * bitsPerCharacter >= safeBits && new Set(token).size >= 8;
}

/** Compares in a time that tells nothing of either. */
export function tokenMatcher(token: string): (given: string) => boolean {
  const wanted = digest(token);
  return (given) => timingSafeEqual(digest(given), wanted);
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
