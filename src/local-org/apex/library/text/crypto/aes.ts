import { createCipheriv, createDecipheriv } from 'node:crypto';
import { apexError } from '../../../values/exception.ts';

/** Bytes of an initialization vector, which are those of a block too. */
export const ivLength = 16;
const maxData = 1_048_576;
/** The vector in front and what fills the last block come on top. */
const maxEncryptedData = maxData + 2 * ivLength;

const keyLengths: Readonly<Record<string, number>> = { AES128: 16, AES192: 24, AES256: 32 };

interface AesCipher {
  readonly algorithm: string;
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
}

/** AES in CBC mode with PKCS#7 padding. @throws ApexThrown with the texts of the Apex Reference Guide, "Crypto Class" */
export function encrypt(cipher: AesCipher, data: Uint8Array): Uint8Array {
  const name = checked(cipher);
  refuseLong(data, maxData);
  const encrypting = createCipheriv(name, cipher.key, cipher.iv);
  return Buffer.concat([encrypting.update(data), encrypting.final()]);
}

/** Undoes `encrypt`. @throws ApexThrown System.SecurityException where the key or the data is wrong */
export function decrypt(cipher: AesCipher, data: Uint8Array): Uint8Array {
  const name = checked(cipher);
  refuseLong(data, maxEncryptedData);
  if (data.length % ivLength !== 0) {
    const message = 'Input length must be multiple of 16 when decrypting with padded cipher';
    throw apexError('System.SecurityException', message);
  }
  if (data.length === 0) return data;
  const decrypting = createDecipheriv(name, cipher.key, cipher.iv).setAutoPadding(false);
  return unpadded(Buffer.concat([decrypting.update(data), decrypting.final()]));
}

/** Data that begins with its initialization vector. */
export function decryptManaged(algorithm: string, key: Uint8Array, data: Uint8Array): Uint8Array {
  if (data.length < ivLength) throw invalid('Unable to parse initialization vector from encrypted data.');
  return decrypt({ algorithm, key, iv: data.subarray(0, ivLength) }, data.subarray(ivLength));
}

/** @returns the host's name of the cipher */
function checked({ algorithm, key, iv }: AesCipher): string {
  const name = algorithm.toUpperCase().replace(/-CBC$/, '');
  if (name === 'AES256-GCM') {
    throw apexError('System.UnsupportedOperationException', 'AES256-GCM is not implemented by the local org');
  }
  const length = Object.hasOwn(keyLengths, name) ? keyLengths[name] : undefined;
  if (length === undefined) throw invalid(`Invalid algorithm ${algorithm}. Must be AES128, AES192, or AES256.`);
  if (key.length !== length) throw invalid(`Invalid private key. Must be ${length} bytes.`);
  if (iv.length !== ivLength) throw invalid('Invalid initialization vector. Must be 16 bytes.');
  return `aes-${length * 8}-cbc`;
}

function refuseLong(data: Uint8Array, limit: number): void {
  if (data.length > limit) {
    throw invalid(`Invalid data. Input data is ${data.length} bytes, which exceeds the limit of ${maxData} bytes.`);
  }
}

function unpadded(data: Buffer): Uint8Array {
  const padding = data.at(-1) ?? 0;
  const end = data.length - padding;
  if (padding < 1 || padding > ivLength || data.subarray(end).some((byte) => byte !== padding)) {
    throw apexError('System.SecurityException', 'Given final block not properly padded');
  }
  return data.subarray(0, end);
}

function invalid(message: string): Error {
  return apexError('System.InvalidParameterValueException', message);
}
