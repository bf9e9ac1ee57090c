import { fail, pass, warn, type KeyFinding } from './key-finding.ts';
import type { PemRemark } from '../read/pem-repairs.ts';
import type { ReadJwk } from '../read/read-jwk.ts';
import { bitsOf, type readCertificate, type ReadKey } from '../read/read-key.ts';
import type { Reading } from '../read/read-pem.ts';

export const remake = 'Make a new pair: opencx-sf messaging keys rotate.';
export const fixIt = 'opencx-sf messaging keys check --fix writes it as it should be.';
const leaked =
  'Whoever has had the file can sign as you: make a new pair (opencx-sf messaging keys rotate), then take this key out of the keyset.';

/** Of the file of a private or public key. */
export function keyFindings(check: string, name: string, read: Reading<ReadKey>): KeyFinding[] {
  if (read.problem !== undefined) return [fail(check, `${name} ${read.problem}`, remedyFor(read.problem))];
  if (read.remarks.length === 0) {
    return [pass(check, `${name} is an RSA key of ${bitsOf(read.key)} bits as OpenCX asks for it.`)];
  }
  const remedy = standsAlone(read) ? fixIt : 'Put the key into a file of its own, without what else is there.';
  const finding = (read.mustChange ? fail : warn)(check, `${name} ${sentence(read.remarks)}.`, remedy);
  return [finding, ...exposedInside(check, name, read.remarks)];
}

/** Nothing but the key is in its file, so that writing it anew loses nothing. */
export function standsAlone({ remarks }: Pick<ReadKey, 'remarks'>): boolean {
  return !remarks.some(({ id }) => id === 'other-text' || id === 'private-key-inside');
}

/** Of the file of a certificate. */
export function certificateFindings(name: string, read: ReturnType<typeof readCertificate>): KeyFinding[] {
  const check = 'certificate';
  if (read.problem !== undefined) return [fail(check, `${name} ${read.problem}`, remake)];
  const exposed = exposedInside(check, name, read.remarks);
  if (exposed.length > 0) return exposed;
  if (read.remarks.length === 0) return [pass(check, `${name} is a certificate of an RSA key.`)];
  const remedy = 'Nothing to do: nobody is given this file, the JWK carries the certificate.';
  return [warn(check, `${name} ${sentence(read.remarks)}.`, remedy)];
}

/** Of the file that is uploaded to Salesforce. */
export function jwkFindings(name: string, read: Reading<ReadJwk>): KeyFinding[] {
  if (read.problem !== undefined) return [fail('jwk', `${name} ${read.problem}`, remake)];
  const exposed = read.exposed.map((member) => `"${member}"`).join(', ');
  const findings = [
    ...(exposed === '' ? [] : [fail('jwk-private', `${name} holds private key material: ${exposed}.`, leaked)]),
    ...read.problems.map((problem) => fail('jwk', `${name} ${problem}`, remake)),
  ];
  return findings.length > 0 ? findings : [pass('jwk', `${name} is one public RSA key, kid ${read.kid ?? ''}.`)];
}

function remedyFor(problem: string): string {
  if (problem.includes('no passphrase')) {
    return 'Give it by --passphrase-file, --passphrase-stdin or OPENCX_SF_PRIVATE_KEY_PASSPHRASE.';
  }
  if (problem.includes('passphrase is wrong')) return 'Give the passphrase it was encrypted with.';
  return `Copy the whole file anew, its first and last line included. ${remake}`;
}

function sentence(remarks: readonly PemRemark[]): string {
  return remarks.map(({ text }) => text).join('; ');
}

function exposedInside(check: string, name: string, remarks: readonly PemRemark[]): KeyFinding[] {
  if (!remarks.some(({ id }) => id === 'private-key-inside')) return [];
  return [fail(check, `${name} holds a private key.`, leaked)];
}
