import { createPrivateKey, type KeyObject } from 'node:crypto';

import { OpencxError } from '../../../errors/opencx-error.ts';

/** RS256 with a shorter key is refused by Salesforce and by every current JWT library. */
const smallestModulus = 2048;

/**
 * The RSA key that signs login assertions.
 * @param pem PKCS#8 or PKCS#1, encrypted or not; `\n` as two characters, as CI variables often have it, is read as a line end
 * @param passphrase of an encrypted key
 * @throws OpencxError USAGE that tells what is wrong with the key, never what is in it
 */
export function readPrivateKey(pem: string, passphrase?: string): KeyObject {
  const text = `${pem.replaceAll('\\r', '').replaceAll('\\n', '\n').trim()}\n`;
  const mistake = mistakenFor(text);
  if (mistake !== undefined) throw unusable(mistake);
  const encrypted = /BEGIN ENCRYPTED PRIVATE KEY|Proc-Type: 4,ENCRYPTED/.test(text);
  if (encrypted && passphrase === undefined)
    throw unusable('is encrypted and no passphrase was given (OPENCX_SF_PRIVATE_KEY_PASSPHRASE).');
  const key = decode(text, encrypted ? passphrase : undefined);
  if (key.asymmetricKeyType !== 'rsa') {
    throw unusable(`is of type ${key.asymmetricKeyType ?? 'unknown'}; Salesforce verifies RS256, which needs RSA.`);
  }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < smallestModulus) throw unusable(`has ${bits} bits; ${smallestModulus} is the least for RS256.`);
  return key;
}

function decode(pem: string, passphrase: string | undefined): KeyObject {
  try {
    return createPrivateKey(passphrase === undefined ? { key: pem } : { key: pem, passphrase });
  } catch (error) {
    throw unusable(
      passphrase === undefined ? 'cannot be decoded; it may be cut short.' : 'cannot be decrypted: wrong passphrase?',
      error,
    );
  }
}

function mistakenFor(pem: string): string | undefined {
  if (/-----BEGIN (?:RSA |ENCRYPTED )?PRIVATE KEY-----/.test(pem)) return undefined;
  if (pem.includes('-----BEGIN CERTIFICATE-----')) {
    return 'is the certificate, which belongs into the External Client App; the private key is the other file.';
  }
  if (/-----BEGIN (?:RSA )?PUBLIC KEY-----/.test(pem)) return 'is a public key.';
  if (pem.includes('-----BEGIN OPENSSH PRIVATE KEY-----')) return 'is an OpenSSH key; a PEM key is needed.';
  if (pem.includes('-----BEGIN EC PRIVATE KEY-----'))
    return 'is an EC key; Salesforce verifies RS256, which needs RSA.';
  return 'is no PEM file: it has no line BEGIN PRIVATE KEY.';
}

function unusable(why: string, cause?: unknown): OpencxError {
  return new OpencxError('USAGE', {
    message: `The private key ${why}`,
    nextSteps: [
      'A key and its certificate: openssl req -x509 -newkey rsa:2048 -nodes -keyout server.key -out server.crt -days 365 -subj "/CN=opencx-sf"',
    ],
    ...(cause === undefined ? {} : { cause }),
  });
}
