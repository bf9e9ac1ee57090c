import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { importJWK, importPKCS8, importX509, jwtVerify, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';

import type { MadeKey } from '../../../src/messaging/keys/make-key.ts';
import { keyFiles } from '../../../src/messaging/keys/key-folder.ts';
import { aKey, day, fileOf, folderOfThisTest, now, openssl } from './key-stories.ts';

/** OpenSSL's word for the modulus of each file; one element if it is one key. */
async function moduli(made: MadeKey, passphrase: readonly string[] = []): Promise<string[]> {
  const seen = await Promise.all([
    openssl(['rsa', '-noout', '-modulus', ...passphrase], fileOf(made, keyFiles.privateKey)),
    openssl(['rsa', '-pubin', '-noout', '-modulus'], fileOf(made, keyFiles.publicKey)),
    openssl(['x509', '-noout', '-modulus'], fileOf(made, keyFiles.certificate)),
  ]);
  const n = Buffer.from(made.jwk.n, 'base64url').toString('hex').toUpperCase();
  return [...new Set([...seen.map((line) => line.trim()), `Modulus=${n}`])];
}

describe('OpenSSL agrees on every file of a key', () => {
  test.each([2048, 3072, 4096] as const)('of %i bits', async (bits) => {
    const made = await aKey({ bits });
    expect(await openssl(['rsa', '-noout', '-check'], fileOf(made, keyFiles.privateKey))).toContain('RSA key ok');
    expect(await openssl(['pkey', '-noout', '-text_pub'], fileOf(made, keyFiles.privateKey))).toContain(`(${bits} bit`);
    expect(await moduli(made)).toHaveLength(1);
  });

  test('the private key is PKCS#8, byte for byte as OpenSSL writes it', async () => {
    const made = await aKey();
    const pem = fileOf(made, keyFiles.privateKey);
    expect(pem).toMatch(/^-----BEGIN PRIVATE KEY-----\n[\s\S]*\n-----END PRIVATE KEY-----\n$/);
    expect(await openssl(['pkcs8', '-topk8', '-nocrypt'], pem)).toBe(pem);
    const publicPem = fileOf(made, keyFiles.publicKey);
    expect(publicPem).toMatch(/^-----BEGIN PUBLIC KEY-----\n[\s\S]*\n-----END PUBLIC KEY-----\n$/);
    expect(await openssl(['pkey', '-pubout'], pem)).toBe(publicPem);
  });

  test('an encrypted private key opens with its passphrase alone', async () => {
    const made = await aKey({ passphrase: 'correct horse' });
    const pem = fileOf(made, keyFiles.privateKey);
    expect(pem).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY-----\n/);
    expect(await moduli(made, ['-passin', 'pass:correct horse'])).toHaveLength(1);
    await expect(openssl(['pkey', '-noout', '-passin', 'pass:wrong horse'], pem)).rejects.toThrow(/openssl/);
    expect(await openssl(['asn1parse'], pem)).toMatch(/PBES2[\s\S]*aes-256-cbc/i);
  });

  test('the fingerprint is the SHA-256 of the public key', async () => {
    const made = await aKey();
    const der = Buffer.from(
      fileOf(made, keyFiles.publicKey)
        .replaceAll(/-----.*-----/g, '')
        .replaceAll('\n', ''),
      'base64',
    );
    expect(made.fingerprint).toBe(createHash('sha256').update(der).digest('hex'));
    expect(made.jwk.kid).toBe(`opencx-20261129-${made.fingerprint.slice(0, 8)}`);
  });
});

describe('the certificate', () => {
  test('is signed by its own key with SHA-256, names the key id, and is valid as long as asked', async () => {
    const made = await aKey({ kid: 'acme.key-1', days: 90 });
    const pem = fileOf(made, keyFiles.certificate);
    const text = await openssl(['x509', '-noout', '-text', '-nameopt', 'RFC2253'], pem);
    expect(text).toContain('Version: 3');
    expect(text).toContain('Signature Algorithm: sha256WithRSAEncryption');
    expect(text).toContain('Issuer: CN=acme.key-1');
    expect(text).toContain('Subject: CN=acme.key-1');
    expect(text).toContain('Not Before: Nov 29 11:55:00 2026 GMT');
    expect(text).toContain('Not After : Feb 27 12:00:00 2027 GMT');
    const serial = await openssl(['x509', '-noout', '-serial'], pem);
    expect(serial).toMatch(/^serial=[4-7][0-9A-F]{31}\n$/);
    const fingerprint = await openssl(['x509', '-noout', '-fingerprint', '-sha256'], pem);
    expect(fingerprint.trim().split('=')[1]).toBe(made.certificate.fingerprint256);
  });

  test('is verified by OpenSSL under its own key', async () => {
    const path = join(await folderOfThisTest(), 'certificate.pem');
    await writeFile(path, fileOf(await aKey(), keyFiles.certificate));
    const aDayLater = String(Math.floor((now + day) / 1000));
    expect(await openssl(['verify', '-x509_strict', '-attime', aDayLater, '-CAfile', path, path], '')).toBe(
      `${path}: OK\n`,
    );
  });

  test('outlives 2050, where X.509 writes dates in another form', async () => {
    const made = await aKey({ now: Date.UTC(2049, 11, 1), days: 365 });
    expect(await openssl(['x509', '-noout', '-enddate'], fileOf(made, keyFiles.certificate))).toContain(
      'Dec  1 00:00:00 2050',
    );
  });

  test('has another serial number each time', async () => {
    const serials = [await aKey(), await aKey()].map(({ certificate }) => certificate.serialNumber);
    expect(new Set(serials).size).toBe(2);
  });
});

/**
 * Signs as OpenCX does and verifies as Salesforce may: by the public members of the JWK, and by its certificate. jose, as any
 * strict reader of JWKs, takes the whole object for a broken private key, because of Salesforce's placeholder in `d`.
 */
async function roundTrip(made: MadeKey): Promise<unknown[]> {
  const { kid, n, e, kty, alg, x5c } = made.jwk;
  const privateKey = await importPKCS8(fileOf(made, keyFiles.privateKey), 'RS256');
  const token = await new SignJWT({})
    .setProtectedHeader({ alg: 'RS256', kid })
    .setSubject('contact-1')
    .setIssuer('opencx')
    .sign(privateKey);
  const certificate = `-----BEGIN CERTIFICATE-----\n${x5c[0].replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
  const keys = [await importJWK({ kty, n, e, alg }), await importX509(certificate, 'RS256')];
  const verified = await Promise.all(keys.map((key) => jwtVerify(token, key, { issuer: 'opencx' })));
  return verified.map(({ payload, protectedHeader }) => ({ sub: payload.sub, kid: protectedHeader.kid }));
}

/** 10 by default, so that the suite stays quick; KEYS=200 for the long run. */
const count = Number(process.env['KEYS'] ?? '10');

describe(`of ${count} random keys`, () => {
  test.each(Array.from({ length: count }, (_, index) => index + 1))(
    'key %i signs and is verified by jose',
    async () => {
      const made = await aKey();
      const { kid } = made.jwk;
      expect(await roundTrip(made)).toEqual([
        { sub: 'contact-1', kid },
        { sub: 'contact-1', kid },
      ]);
      expect(await moduli(made)).toHaveLength(1);
    },
  );
});
