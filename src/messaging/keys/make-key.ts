import type { X509Certificate } from 'node:crypto';

import { issueCertificate } from './certificate.ts';
import { keyFingerprint } from './fingerprint.ts';
import { generateRsaKeyPair, privateKeyPem, publicKeyPem, type KeySize } from './generate-key-pair.ts';
import { jwkText, verificationJwk, type VerificationJwk } from './jwk.ts';
import { keyFiles, metadataFolder } from './key-folder.ts';
import { apiNameOf, defaultKid } from './key-names.ts';
import { metadataFiles } from './metadata-files.ts';
import { OpencxError } from '../../errors/opencx-error.ts';

export interface KeyRequest {
  bits: KeySize;
  /** Days the certificate is valid. */
  days: number;
  /** Milliseconds since 1970. */
  now: number;
  kid?: string;
  /** `iss` of the tokens that OpenCX signs. */
  issuer?: string;
  /** Encrypts the private key's file. */
  passphrase?: string;
  /** Keys that stay in the keyset beside the new one. */
  beside: readonly VerificationJwk[];
}

/** A new key, nowhere written yet. */
export interface MadeKey {
  jwk: VerificationJwk;
  certificate: X509Certificate;
  fingerprint: string;
  /** Path inside the folder of keys to content, the private key among them. */
  files: Map<string, string>;
}

/**
 * Makes a key pair with everything that OpenCX and Salesforce are given of it.
 * @throws OpencxError USAGE if the key id cannot stand beside those of the other keys; INTERRUPTED once `signal` aborts
 */
export async function makeKey(request: KeyRequest, signal: AbortSignal): Promise<MadeKey> {
  const { beside, passphrase } = request;
  const pair = await generateRsaKeyPair(request.bits);
  if (signal.aborted) throw new OpencxError('INTERRUPTED', { message: 'Stopped; nothing was written.' });
  const fingerprint = keyFingerprint(pair.publicKey);
  const kid = request.kid ?? defaultKid(request.now, fingerprint);
  refuseTaken(kid, beside);
  const certificate = await issueCertificate({ pair, commonName: kid, now: request.now, days: request.days });
  const jwk = verificationJwk(kid, pair.publicKey, certificate);
  const metadata = metadataFiles([jwk, ...beside], request.issuer);
  const files = new Map([
    [keyFiles.privateKey, privateKeyPem(pair.privateKey, passphrase)],
    [keyFiles.publicKey, publicKeyPem(pair.publicKey)],
    [keyFiles.certificate, certificate.toString()],
    [keyFiles.jwk, jwkText(jwk)],
    ...[...metadata].map(([path, content]): [string, string] => [`${metadataFolder}/${path}`, content]),
  ]);
  return { jwk, certificate, fingerprint, files };
}

function refuseTaken(kid: string, beside: readonly VerificationJwk[]): void {
  const taken = beside.find((other) => apiNameOf(other.kid) === apiNameOf(kid));
  if (taken === undefined) return;
  const why = taken.kid === kid ? 'which is its name' : `whose component would have the same name, ${apiNameOf(kid)}`;
  throw new OpencxError('USAGE', {
    message: `The key id ${kid} is taken by a key that stays in the keyset, ${why}. Nothing was written.`,
    nextSteps: ['Give another --kid, or leave it out for one made of the date and the fingerprint of the key.'],
  });
}
