import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { ApexBlob } from '../../../values/blob.ts';
import { apexError } from '../../../values/exception.ts';
import type { NativeClass } from '../../native.ts';
import { integerArgument, textArgument } from '../../native.ts';
import { bytesArgument } from '../bytes-argument.ts';
import { decrypt, decryptManaged, encrypt, ivLength } from './aes.ts';
import { hashOf } from './algorithms.ts';
import { signData, verifySignature } from './signatures.ts';

/**
 * `System.Crypto`. Methods that sign with a certificate by its name, and those for XML, are missing: the org has no
 * certificates.
 */
export const cryptoClass: NativeClass = {
  name: 'System.Crypto',
  statics: {
    decrypt: (_run, args) => {
      const cipher = { algorithm: textArgument(args, 0), key: bytesArgument(args, 1), iv: bytesArgument(args, 2) };
      return new ApexBlob(decrypt(cipher, bytesArgument(args, 3)));
    },
    decryptwithmanagediv: (_run, args) =>
      new ApexBlob(decryptManaged(textArgument(args, 0), bytesArgument(args, 1), bytesArgument(args, 2))),
    encrypt: (_run, args) => {
      const cipher = { algorithm: textArgument(args, 0), key: bytesArgument(args, 1), iv: bytesArgument(args, 2) };
      return new ApexBlob(encrypt(cipher, bytesArgument(args, 3)));
    },
    encryptwithmanagediv: (run, args) => {
      const cipher = { algorithm: textArgument(args, 0), key: bytesArgument(args, 1), iv: run.random(ivLength) };
      return new ApexBlob(Buffer.concat([cipher.iv, encrypt(cipher, bytesArgument(args, 2))]));
    },
    generateaeskey: (run, args) => {
      const bits = integerArgument(args, 0);
      if (![128, 192, 256].includes(bits)) {
        throw apexError('System.InvalidParameterValueException', 'Invalid key size. Must be 128, 192, or 256.');
      }
      return new ApexBlob(run.random(bits / 8));
    },
    generatedigest: (_run, args) => {
      const algorithm = hashOf('digest', textArgument(args, 0));
      return new ApexBlob(createHash(algorithm).update(bytesArgument(args, 1)).digest());
    },
    generatemac: (_run, args) =>
      new ApexBlob(mac(textArgument(args, 0), bytesArgument(args, 1), bytesArgument(args, 2))),
    getrandominteger: (run) => Buffer.from(run.random(4)).readInt32BE(),
    getrandomlong: (run) => Buffer.from(run.random(8)).readBigInt64BE(),
    sign: (_run, args) => new ApexBlob(signData(textArgument(args, 0), bytesArgument(args, 1), bytesArgument(args, 2))),
    verify: (_run, args) => {
      const [, , , certificate] = args;
      if (typeof certificate === 'string') {
        throw apexError('System.InvalidParameterValueException', `Certificate not found: ${certificate}`);
      }
      const signature = bytesArgument(args, 2);
      return verifySignature(textArgument(args, 0), bytesArgument(args, 1), signature, bytesArgument(args, 3));
    },
    verifyhmac: (_run, args) => {
      const expected = mac(textArgument(args, 0), bytesArgument(args, 1), bytesArgument(args, 2));
      const given = bytesArgument(args, 3);
      return expected.length === given.length && timingSafeEqual(expected, given);
    },
  },
};

function mac(algorithm: string, data: Uint8Array, key: Uint8Array): Buffer {
  return createHmac(hashOf('mac', algorithm), key).update(data).digest();
}
