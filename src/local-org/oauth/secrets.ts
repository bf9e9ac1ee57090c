import { createHash, randomBytes } from 'node:crypto';

/** Random text of letters, digits, `.` and `_`: the characters clients expect in a token. */
export function randomSecret(bytes: number): string {
  return randomBytes(bytes).toString('base64url').replaceAll('-', '.');
}

/** What is kept of a secret. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
