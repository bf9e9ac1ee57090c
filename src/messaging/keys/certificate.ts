import { randomBytes, sign, X509Certificate } from 'node:crypto';

import type { KeyPair } from './generate-key-pair.ts';

const day = 86_400_000;

/** So that a server whose clock is behind does not find the certificate not valid yet. */
const headStart = 5 * 60_000;

/** Salesforce refuses a certificate that ends within 10 days. @see https://help.salesforce.com/s/articleView?id=service.user_verification_troubleshooting */
export const leastDaysLeft = 10;
export const mostDays = 3650;

export interface CertificateRequest {
  pair: KeyPair;
  /** Subject and issuer in one, the certificate being self-signed; at most 64 characters (X.520). */
  commonName: string;
  /** Milliseconds since 1970. */
  now: number;
  /** How long it is valid from `now`. */
  days: number;
}

/** Part of node-forge's interface that its types leave out. */
interface Arranging<Certificate extends { tbsCertificate: unknown }> {
  getTBSCertificate(certificate: Certificate): Certificate['tbsCertificate'];
}

/** A positive serial number of 126 random bits, in hexadecimal; RFC 5280 wants it positive and of at most 20 bytes. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
}

/**
 * A self-signed certificate (SHA-256) of the public key, of the shape that `openssl req -x509` gives: that is what Salesforce's
 * documentation has people make. node-forge only arranges its fields; the private key stays with node:crypto, which signs.
 * @returns what was issued, read back by node:crypto and compared with what was asked for
 * @throws Error if the certificate does not hold what was asked for: a bug, here or in node-forge
 */
export async function issueCertificate({ pair, commonName, now, days }: CertificateRequest): Promise<X509Certificate> {
  const { default: forge } = await import('node-forge');
  const { n, e } = pair.publicKey.export({ format: 'jwk' });
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.setRsaPublicKey(bigInteger(n), bigInteger(e));
  certificate.serialNumber = serialNumber();
  certificate.validity.notBefore = wholeSecond(now - headStart);
  certificate.validity.notAfter = wholeSecond(now + days * day);
  const name = [{ name: 'commonName', value: commonName }];
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'subjectKeyIdentifier' },
    { name: 'authorityKeyIdentifier', keyIdentifier: true },
  ]);
  const algorithm = forge.pki.oids['sha256WithRSAEncryption'] ?? '';
  certificate.signatureOid = algorithm;
  certificate.siginfo.algorithmOid = algorithm;
  certificate.tbsCertificate = (forge.pki as unknown as Arranging<typeof certificate>).getTBSCertificate(certificate);
  const signed = Buffer.from(forge.asn1.toDer(certificate.tbsCertificate).getBytes(), 'latin1');
  certificate.signature = sign('sha256', signed, pair.privateKey).toString('latin1');
  const der = Buffer.from(forge.asn1.toDer(forge.pki.certificateToAsn1(certificate)).getBytes(), 'latin1');
  return verified(new X509Certificate(der), { pair, commonName, now, days }, certificate.serialNumber);

  function bigInteger(base64url: string | undefined) {
    return new forge.jsbn.BigInteger(Buffer.from(base64url ?? '', 'base64url').toString('hex'), 16);
  }
}

/** X.509 knows no milliseconds. */
function wholeSecond(time: number): Date {
  return new Date(Math.floor(time / 1000) * 1000);
}

function verified(issued: X509Certificate, asked: CertificateRequest, serial: string): X509Certificate {
  const { pair, commonName, now, days } = asked;
  const holds: Record<string, boolean> = {
    'its signature': issued.verify(pair.publicKey) && issued.checkPrivateKey(pair.privateKey),
    'its public key': issued.publicKey.equals(pair.publicKey),
    'its subject': issued.subject === `CN=${commonName}` && issued.issuer === issued.subject,
    'its serial number': issued.serialNumber.toLowerCase() === serial,
    'its validity':
      issued.validFromDate.getTime() === wholeSecond(now - headStart).getTime() &&
      issued.validToDate.getTime() === wholeSecond(now + days * day).getTime(),
  };
  const wrong = Object.keys(holds).filter((what) => holds[what] === false);
  if (wrong.length > 0)
    throw new Error(`the certificate that was issued is not what was asked for: ${wrong.join(', ')}`);
  return issued;
}

/** Whole days until the certificate ends, rounded down; negative once it has ended. */
export function daysLeft(certificate: X509Certificate, now: number): number {
  return Math.floor((certificate.validToDate.getTime() - now) / day);
}
