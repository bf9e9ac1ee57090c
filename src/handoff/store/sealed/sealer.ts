import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';

/** What a text is; one sealed as something else does not open. */
export type SealedAs = 'header' | 'url';

/** Turns secrets into text that only the holder of a key can read, and back. */
export interface Sealer {
  /** Tells this key from others, and nothing of it. */
  readonly keyId: string;
  /** The same text always comes out the same: what is grouped by it can be grouped sealed. */
  seal(as: SealedAs, text: string): string;
  /** @returns a text that was never sealed as it is; undefined if it was sealed with another key, or changed since */
  open(as: SealedAs, text: string): string | undefined;
}

/** Bytes of a key. */
export const sealingKeyBytes = 32;

const begins = 'opencx-sealed:v1:';
const cipher = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/**
 * Seals by AES-256-GCM. Its IV is drawn from the text itself by HMAC-SHA256 under a key of its own, so that equal texts look equal
 * and different ones never share an IV (as in AES-GCM-SIV, RFC 8452, which Node has not).
 * @param key {@link sealingKeyBytes} random bytes
 * @throws RangeError if the key has another length
 */
export function openSealer(key: Uint8Array): Sealer {
  if (key.length !== sealingKeyBytes) throw new RangeError(`the key has ${key.length} bytes, not ${sealingKeyBytes}`);
  const sealingKey = derived(key, 'seal');
  const ivKey = derived(key, 'iv');

  function opened(as: SealedAs, sealed: Buffer): string | undefined {
    const iv = sealed.subarray(0, ivBytes);
    const tag = sealed.subarray(-tagBytes);
    const decipher = createDecipheriv(cipher, sealingKey, iv, { authTagLength: tagBytes });
    decipher.setAAD(Buffer.from(as)).setAuthTag(tag);
    const text = decipher.update(sealed.subarray(ivBytes, -tagBytes));
    try {
      decipher.final();
    } catch {
      // The tag does not fit: that is the only reason Node has here.
      return undefined;
    }
    return text.toString();
  }

  return {
    keyId: derived(key, 'id').toString('hex').slice(0, 32),
    seal: (as, text) => {
      const iv = createHmac('sha256', ivKey).update(`${as}:${text}`).digest().subarray(0, ivBytes);
      const encipher = createCipheriv(cipher, sealingKey, iv, { authTagLength: tagBytes });
      encipher.setAAD(Buffer.from(as));
      const parts = [iv, encipher.update(text, 'utf8'), encipher.final(), encipher.getAuthTag()];
      return `${begins}${Buffer.concat(parts).toString('base64url')}`;
    },
    open: (as, text) => {
      if (!text.startsWith(begins)) return text;
      const sealed = Buffer.from(text.slice(begins.length), 'base64url');
      return sealed.length < ivBytes + tagBytes ? undefined : opened(as, sealed);
    },
  };
}

function derived(key: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', `opencx-sf store ${purpose}`, sealingKeyBytes));
}
