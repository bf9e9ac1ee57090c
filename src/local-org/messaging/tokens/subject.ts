import { randomUUID } from 'node:crypto';

/** Who a verified user is to Live Messaging: the keyset and the `sub` of the identity token. */
export function verifiedSubject(keyset: string, sub: string): string {
  return `v2/iamessage/AUTH/${keyset}/uid:${sub}`;
}

/** A guest, another one with each token. */
export function anonymousSubject(): string {
  return `v2/iamessage/ANON/${randomUUID()}`;
}

export function isVerified(subject: string): boolean {
  return subject.startsWith('v2/iamessage/AUTH/');
}
