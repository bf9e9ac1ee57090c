import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto';

import { certificateFindings, fixIt, jwkFindings, keyFindings, remake, standsAlone } from './check-files.ts';
import { checkValidity } from './check-validity.ts';
import { keyFingerprint } from '../fingerprint.ts';
import { fail, pass, warn, type KeyFinding } from './key-finding.ts';
import { readJwk } from '../read/read-jwk.ts';
import { readCertificate, readPrivateKey, readPublicKey } from '../read/read-key.ts';
import type { Reading } from '../read/read-pem.ts';

/** The four files of a key. */
export const artefacts = ['privateKey', 'publicKey', 'certificate', 'jwk'] as const;
export type Artefact = (typeof artefacts)[number];

export interface CheckInput {
  /** Content of each file; what is absent is not checked. */
  texts: Partial<Record<Artefact, string>>;
  /** Which files must be there. */
  expected: readonly Artefact[];
  /** Permission bits of the private key's file, where the system has them. */
  privateKeyMode?: number;
  /** How each file is called in findings. */
  names: Record<Artefact, string>;
  passphrase?: string;
  /** The Auth Key ID that OpenCX was given. */
  authKeyId?: string;
  /** Milliseconds since 1970. */
  now: number;
}

export interface KeyCheck {
  findings: KeyFinding[];
  /** Files as they should be, where they are not. */
  repaired: Map<Artefact, string>;
}

/** Whether the files of one key belong together and would be taken by OpenCX and Salesforce. Reads and writes nothing. */
export function checkKeys(input: CheckInput): KeyCheck {
  const read = readAll(input);
  return {
    findings: [
      ...missing(input),
      ...permissions(input),
      ...(read.privateKey === undefined ? [] : keyFindings('private-key', input.names.privateKey, read.privateKey)),
      ...(read.publicKey === undefined ? [] : keyFindings('public-key', input.names.publicKey, read.publicKey)),
      ...(read.certificate === undefined ? [] : certificateFindings(input.names.certificate, read.certificate)),
      ...(read.jwk === undefined ? [] : jwkFindings(input.names.jwk, read.jwk)),
      ...sameKey(read, input.names),
      ...signature(read, input.names),
      ...validity(read, input),
      ...authKeyId(read, input),
    ],
    repaired: repairs(read, input),
  };
}

type ReadAll = ReturnType<typeof readAll>;

function readAll({ texts, passphrase }: CheckInput) {
  const given = <T>(name: Artefact, read: (text: string) => T): T | undefined =>
    texts[name] === undefined ? undefined : read(texts[name]);
  return {
    privateKey: given('privateKey', (text) => readPrivateKey(text, passphrase)),
    publicKey: given('publicKey', readPublicKey),
    certificate: given('certificate', readCertificate),
    jwk: given('jwk', readJwk),
  };
}

/** What could be read; a problem has its finding already. */
function good<T>(reading: Reading<T> | undefined): T | undefined {
  return reading === undefined || reading.problem !== undefined ? undefined : reading;
}

function missing({ expected, texts, names }: CheckInput): KeyFinding[] {
  const absent = expected.filter((name) => texts[name] === undefined).map((name) => names[name]);
  if (absent.length === 0) return [];
  return [fail('files', `Missing: ${absent.join(', ')}.`, `Put back what was taken away. ${remake}`)];
}

function openToOthers({ privateKeyMode: mode }: CheckInput): boolean {
  return mode !== undefined && (mode & 0o077) !== 0;
}

function permissions(input: CheckInput): KeyFinding[] {
  const { privateKeyMode: mode, names } = input;
  if (mode === undefined) return [];
  if (!openToOthers(input)) return [pass('permissions', `${names.privateKey} is readable by its owner alone.`)];
  const summary = `${names.privateKey} can be read by others (mode ${mode.toString(8).padStart(3, '0')}).`;
  return [fail('permissions', summary, `chmod 600, or ${fixIt}`)];
}

function repairs(read: ReadAll, input: CheckInput): KeyCheck['repaired'] {
  const repaired = new Map<Artefact, string>();
  const { privateKey: asItIs } = input.texts;
  if (openToOthers(input) && asItIs !== undefined) repaired.set('privateKey', asItIs);
  for (const name of ['privateKey', 'publicKey'] as const) {
    const key = good(read[name]);
    if (key !== undefined && key.remarks.length > 0 && standsAlone(key)) repaired.set(name, key.pem);
  }
  return repaired;
}

function sameKey(read: ReadAll, names: CheckInput['names']): KeyFinding[] {
  const { privateKey, publicKey, certificate, jwk } = {
    privateKey: good(read.privateKey)?.key,
    publicKey: good(read.publicKey)?.key,
    certificate: good(read.certificate)?.certificate,
    jwk: good(read.jwk),
  };
  const keys: [string, KeyObject | undefined][] = [
    [names.privateKey, privateKey === undefined ? undefined : createPublicKey(privateKey)],
    [names.publicKey, publicKey],
    [names.certificate, certificate?.publicKey],
    [`${names.jwk} (n, e)`, jwk?.key],
    [`${names.jwk} (x5c)`, jwk?.certificate?.publicKey],
  ];
  const found = keys.flatMap(([name, key]) => (key === undefined ? [] : [{ name, fingerprint: keyFingerprint(key) }]));
  if (found.length < 2) return [];
  const groups = Map.groupBy(found, ({ fingerprint }) => fingerprint);
  const listed = [...groups.values()].map((group) => group.map(({ name }) => name).join(', '));
  if (groups.size > 1) {
    const summary = `These are ${groups.size} different keys: ${listed.join(' | ')}.`;
    return [fail('same-key', summary, `Use files that were made together. ${remake}`)];
  }
  const one = pass('same-key', `One key, by modulus and exponent: ${listed.join(', ')}.`);
  const uploaded = jwk?.certificate;
  if (certificate === undefined || uploaded === undefined || certificate.raw.equals(uploaded.raw)) return [one];
  const summary = `${names.jwk} carries another certificate of this key than ${names.certificate}.`;
  return [one, warn('same-certificate', summary, 'Salesforce knows the one in the JWK, and goes by its dates.')];
}

/** Comparing moduli alone would not see a damaged private exponent. */
function signature(read: ReadAll, names: CheckInput['names']): KeyFinding[] {
  const key = good(read.privateKey)?.key;
  if (key === undefined) return [];
  if (verifies(key))
    return [pass('signature', `What ${names.privateKey} signs (RS256) is verified by its public key.`)];
  const summary = `${names.privateKey} is damaged: what it signs is not verified by its own public key.`;
  return [fail('signature', summary, remake)];
}

function verifies(key: KeyObject): boolean {
  const probe = Buffer.from('opencx-sf');
  try {
    return verify('sha256', probe, createPublicKey(key), sign('sha256', probe, key));
  } catch {
    // OpenSSL checks its own result and refuses to give out a wrong signature.
    return false;
  }
}

/** Salesforce looks at the certificate inside the JWK; the file beside it is what people look at. */
function validity(read: ReadAll, { names, now }: CheckInput): KeyFinding[] {
  const uploaded = good(read.jwk)?.certificate;
  if (uploaded !== undefined) return [checkValidity(`The certificate in ${names.jwk}`, uploaded, now)];
  const own = good(read.certificate)?.certificate;
  return own === undefined ? [] : [checkValidity(names.certificate, own, now)];
}

function authKeyId(read: ReadAll, { authKeyId, names }: CheckInput): KeyFinding[] {
  const kid = good(read.jwk)?.kid;
  if (authKeyId === undefined || kid === undefined) return [];
  if (kid === authKeyId) return [pass('auth-key-id', `The Auth Key ID is the kid of ${names.jwk}.`)];
  const remedy = `Put ${kid} into the field Auth Key ID of OpenCX: it is compared letter by letter.`;
  return [fail('auth-key-id', `The Auth Key ID ${authKeyId} is not the kid of ${names.jwk}, which is ${kid}.`, remedy)];
}
