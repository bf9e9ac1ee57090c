import { createHash } from 'node:crypto';

import type { OrgState } from '../../state/org-state.ts';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const LENGTH = 22;

/** 22 letters and digits that follow from a text, other ones in each org. */
export function orgDigest(org: OrgState, text: string): string {
  const hash = createHash('sha256').update(`${org.settings.organizationId}/${text}`).digest('hex');
  let rest = BigInt(`0x${hash}`);
  let digest = '';
  for (let position = 0; position < LENGTH; position += 1) {
    digest += ALPHABET.charAt(Number(rest % BigInt(ALPHABET.length)));
    rest /= BigInt(ALPHABET.length);
  }
  return digest;
}
