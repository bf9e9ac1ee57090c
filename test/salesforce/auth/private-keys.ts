import { generateKeyPairSync } from 'node:crypto';

const passphrase = 'planted-passphrase';

/** One RSA key in every form people have it in. Made anew for each run. */
export function privateKeys(): {
  publicKey: string;
  pkcs8: string;
  pkcs1: string;
  encryptedPkcs8: string;
  encryptedPkcs1: string;
  passphrase: string;
} {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const cipher = { cipher: 'aes-256-cbc', passphrase };
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    pkcs8: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    pkcs1: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
    encryptedPkcs8: privateKey.export({ type: 'pkcs8', format: 'pem', ...cipher }).toString(),
    encryptedPkcs1: privateKey.export({ type: 'pkcs1', format: 'pem', ...cipher }).toString(),
    passphrase,
  };
}

export function ecKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

export function shortRsaKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
