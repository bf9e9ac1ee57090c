import { oneLine } from '../base/dom.js';

/**
 * Who a token's subject names: `v2/iamessage/AUTH/<keyset>/uid:<sub>`, or a guest.
 * @param {string} subject
 */
export function customerOf(subject) {
  const verified = /\/AUTH\/[^/]*\/uid:(.*)$/s.exec(subject)?.[1];
  if (verified !== undefined) return { name: oneLine(verified), isVerified: true };
  return { name: `Guest ${subject.slice(subject.lastIndexOf('/') + 1).slice(0, 8)}`, isVerified: false };
}
