import { apexError } from '../../../values/exception.ts';

/** Apex's names of algorithms, in lower case, and the hash that each is built on by the host's name. */
const hashes = {
  digest: {
    md5: 'md5',
    sha1: 'sha1',
    'sha-1': 'sha1',
    'sha-256': 'sha256',
    sha256: 'sha256',
    'sha-512': 'sha512',
    sha512: 'sha512',
    'sha3-256': 'sha3-256',
    'sha3-384': 'sha3-384',
    'sha3-512': 'sha3-512',
  },
  mac: { hmacmd5: 'md5', hmacsha1: 'sha1', hmacsha256: 'sha256', hmacsha512: 'sha512' },
  signature: {
    rsa: 'sha1',
    'rsa-sha1': 'sha1',
    'rsa-sha256': 'sha256',
    'rsa-sha384': 'sha384',
    'rsa-sha512': 'sha512',
    'ecdsa-sha256': 'sha256',
    'ecdsa-sha384': 'sha384',
    'ecdsa-sha512': 'sha512',
  },
} as const satisfies Record<string, Readonly<Record<string, string>>>;

/**
 * The hash of an algorithm; case does not matter.
 * @throws ApexThrown System.InvalidParameterValueException
 */
export function hashOf(purpose: keyof typeof hashes, algorithm: string): string {
  const names: Readonly<Record<string, string>> = hashes[purpose];
  const key = algorithm.toLowerCase();
  const hash = Object.hasOwn(names, key) ? names[key] : undefined;
  if (hash === undefined) throw apexError('System.InvalidParameterValueException', `Invalid algorithm ${algorithm}.`);
  return hash;
}
