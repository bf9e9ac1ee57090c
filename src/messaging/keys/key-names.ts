import { OpencxError } from '../../errors/opencx-error.ts';

/** Also the common name of the certificate, which X.520 limits to 64 characters. */
const kidShape = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** @throws OpencxError USAGE */
export function checkedKid(kid: string): string {
  if (kidShape.test(kid)) return kid;
  throw new OpencxError('USAGE', {
    message: `${JSON.stringify(kid)} cannot be a key id: 1 to 64 letters, digits, ".", "_" or "-", a letter or digit first.`,
    nextSteps: ['Leave --kid out for one made of the date and the fingerprint of the key.'],
  });
}

/**
 * A key id that no other key has, and that tells when it was made.
 * @param fingerprint of the public key, hexadecimal
 */
export function defaultKid(now: number, fingerprint: string): string {
  return `opencx-${isoDay(now).replaceAll('-', '')}-${fingerprint.slice(0, 8)}`;
}

/** The day in UTC, e.g. `2026-11-29`. */
export function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/**
 * A key id as API name of its metadata component: letters, digits and single underscores, a letter first, no underscore last.
 * @param kid any text
 */
export function apiNameOf(kid: string): string {
  const words = kid.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const name = words.join('_');
  return /^[A-Za-z]/.test(name) ? name : `Key_${name}`;
}

/** @throws OpencxError USAGE */
export function checkedIssuer(issuer: string): string {
  if (issuer.trim() === issuer && issuer !== '' && issuer.length <= 255 && !/\p{C}/u.test(issuer)) return issuer;
  throw new OpencxError('USAGE', {
    message: 'The issuer must be 1 to 255 visible characters without blanks around: it is compared letter by letter.',
    nextSteps: ['Give exactly what OpenCX puts into the claim "iss" of its tokens.'],
  });
}
