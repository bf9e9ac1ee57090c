import { createPrivateKey } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import { artefacts, checkKeys, type CheckInput } from '../../../src/messaging/keys/check/check-keys.ts';
import { keyFiles } from '../../../src/messaging/keys/key-folder.ts';
import type { MadeKey } from '../../../src/messaging/keys/make-key.ts';
import { aKey, day, fileOf, now } from './key-stories.ts';

const made = await aKey({ kid: 'acme' });
const other = await aKey({ kid: 'acme' });

function textsOf(key: MadeKey): Required<CheckInput['texts']> {
  return {
    privateKey: fileOf(key, keyFiles.privateKey),
    publicKey: fileOf(key, keyFiles.publicKey),
    certificate: fileOf(key, keyFiles.certificate),
    jwk: fileOf(key, keyFiles.jwk),
  };
}

const texts = textsOf(made);

function check(change: Partial<CheckInput> = {}) {
  return checkKeys({ texts, names: keyFiles, expected: artefacts, now, ...change });
}

/** What does not pass, as `check: summary`. */
function wrong(change: Partial<CheckInput>): string[] {
  const { findings } = check(change);
  return findings.filter(({ status }) => status !== 'pass').map((one) => `${one.check} ${one.status}: ${one.summary}`);
}

test('the files of one key pass, and nothing is to be rewritten', () => {
  const { findings, repaired } = check({ privateKeyMode: 0o600, authKeyId: 'acme' });
  expect(findings.map(({ check, status }) => `${check} ${status}`)).toEqual([
    'permissions pass',
    'private-key pass',
    'public-key pass',
    'certificate pass',
    'jwk pass',
    'same-key pass',
    'signature pass',
    'validity pass',
    'auth-key-id pass',
  ]);
  expect(repaired.size).toBe(0);
});

test.each(artefacts)('the %s of another key is seen', (name) => {
  const mixed = { ...texts, [name]: textsOf(other)[name] };
  const found = wrong({ texts: mixed });
  expect(found[0]).toMatch(/^same-key fail: These are 2 different keys: .* \| /);
  expect(found[0]).toContain(keyFiles[name]);
});

test('the private key of another key is named alone against the rest', () => {
  const mixed = { ...texts, privateKey: textsOf(other).privateKey };
  expect(wrong({ texts: mixed })).toEqual([
    'same-key fail: These are 2 different keys: private-key.pem | public-key.pem, certificate.pem, jwk.json (n, e), jwk.json (x5c).',
  ]);
});

test('a JWK with the numbers of one key and the certificate of another is seen', () => {
  const jwk = JSON.stringify({ ...made.jwk, x5c: other.jwk.x5c });
  expect(wrong({ texts: { ...texts, jwk } })[0]).toMatch(/jwk\.json \(n, e\) \| jwk\.json \(x5c\)\.$/);
});

test('a damaged private exponent is seen, though the modulus is right', () => {
  const key = createPrivateKey(texts.privateKey).export({ format: 'jwk' });
  const { e = '' } = key;
  const damaged = createPrivateKey({ key: { ...key, d: e, dp: e, dq: e }, format: 'jwk' });
  const privateKey = damaged.export({ type: 'pkcs8', format: 'pem' }).toString();
  expect(wrong({ texts: { ...texts, privateKey } })).toEqual([
    'signature fail: private-key.pem is damaged: what it signs is not verified by its own public key.',
  ]);
});

describe('the certificate', () => {
  test.each([
    ['has a month left', 30, []],
    ['has less than a month left', 29, ['validity warn: The certificate in jwk.json ends in 29 days (2027-11-29).']],
    ['has 10 days left', 10, ['validity warn: The certificate in jwk.json ends in 10 days (2027-11-29).']],
    [
      'has less than 10 days left',
      9,
      ['validity fail: The certificate in jwk.json ends in 9 days (2027-11-29); Salesforce wants 10 at least.'],
    ],
    ['has ended', 0, ['validity fail: The certificate in jwk.json has expired (2027-11-29).']],
    ['ended long ago', -400, ['validity fail: The certificate in jwk.json has expired (2027-11-29).']],
  ])('%s', (_what, left, expected) => {
    const end = made.certificate.validToDate.getTime();
    expect(wrong({ now: end - left * day })).toEqual(expected);
  });

  test('is not valid yet where the clock is wrong', () => {
    expect(wrong({ now: now - day })).toEqual([
      expect.stringMatching(/^validity fail: .* is not valid before 2026-11-29T/),
    ]);
  });

  test('in the JWK may be another one of the same key, which is told', async () => {
    const { issueCertificate } = await import('../../../src/messaging/keys/certificate.ts');
    const privateKey = createPrivateKey(texts.privateKey);
    const pair = { privateKey, publicKey: made.certificate.publicKey };
    const renewed = await issueCertificate({ pair, commonName: 'acme', now, days: 700 });
    expect(wrong({ texts: { ...texts, certificate: renewed.toString() } })).toEqual([
      'same-certificate warn: jwk.json carries another certificate of this key than certificate.pem.',
    ]);
  });
});

describe('what --fix writes', () => {
  test('is PKCS#8 for PKCS#1, and clean lines', () => {
    const privateKey = createPrivateKey(texts.privateKey).export({ type: 'pkcs1', format: 'pem' }).toString();
    const publicKey = texts.publicKey.replaceAll('\n', '\r\n');
    const change = { texts: { ...texts, privateKey, publicKey } };
    expect(wrong(change)).toEqual([
      'private-key fail: private-key.pem is PKCS#1 (BEGIN RSA PRIVATE KEY), while OpenCX asks for PKCS#8 (BEGIN PRIVATE KEY).',
      'public-key warn: public-key.pem has Windows line ends (CR LF).',
    ]);
    expect(check(change).repaired).toEqual(
      new Map([
        ['privateKey', texts.privateKey],
        ['publicKey', texts.publicKey],
      ]),
    );
  });

  test('is the same text, for a private key that others can read', () => {
    expect(wrong({ privateKeyMode: 0o644 })).toEqual([
      'permissions fail: private-key.pem can be read by others (mode 644).',
    ]);
    expect(check({ privateKeyMode: 0o644 }).repaired).toEqual(new Map([['privateKey', texts.privateKey]]));
  });

  test('is nothing where the file holds something else too', () => {
    const publicKey = texts.publicKey + texts.privateKey;
    expect(wrong({ texts: { ...texts, publicKey } })).toContain('public-key fail: public-key.pem holds a private key.');
    expect(check({ texts: { ...texts, publicKey } }).repaired.size).toBe(0);
  });
});

test('missing files, a wrong Auth Key ID and a leaked private key are told', () => {
  const jwk = JSON.stringify({ ...made.jwk, d: createPrivateKey(texts.privateKey).export({ format: 'jwk' }).d });
  expect(wrong({ texts: { publicKey: texts.publicKey, jwk }, authKeyId: 'Acme' })).toEqual([
    'files fail: Missing: private-key.pem, certificate.pem.',
    'jwk-private fail: jwk.json holds private key material: "d".',
    'auth-key-id fail: The Auth Key ID Acme is not the kid of jwk.json, which is acme.',
  ]);
});
