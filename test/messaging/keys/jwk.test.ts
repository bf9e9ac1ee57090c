import { createPrivateKey, generateKeyPairSync } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import { jwkText, type VerificationJwk } from '../../../src/messaging/keys/jwk.ts';
import { keyFiles } from '../../../src/messaging/keys/key-folder.ts';
import { readJwk } from '../../../src/messaging/keys/read/read-jwk.ts';
import { aKey, fileOf } from './key-stories.ts';

const made = await aKey({ kid: 'acme' });
const good = JSON.parse(fileOf(made, keyFiles.jwk)) as VerificationJwk;
const secret = createPrivateKey(fileOf(made, keyFiles.privateKey)).export({ format: 'jwk' });

describe('the JWK', () => {
  test('has the members that the key generator of Salesforce writes, in its order', () => {
    expect(Object.keys(good)).toEqual(['kid', 'alg', 'use', 'kty', 'x5c', 'y', 'n', 'e', 'crv', 'd', 'k']);
    expect(good).toMatchObject({ kid: 'acme', alg: 'RS256', use: 'sig', kty: 'RSA', e: 'AQAB' });
    expect(good).toMatchObject({ y: 'y', crv: 'crv', d: 'd', k: 'k' });
    expect(good.x5c).toEqual([made.certificate.raw.toString('base64')]);
    expect(good.n).toMatch(/^[A-Za-z0-9_-]{342}$/);
  });

  test.each(['d', 'p', 'q', 'dp', 'dq', 'qi'] as const)('is never written with the private member %s', (member) => {
    const leaking = { ...good, [member]: secret[member] } as VerificationJwk;
    expect(() => jwkText(leaking)).toThrow(`never written: ${member}`);
  });
});

const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });

describe('reading a JWK tells what Salesforce would not take', () => {
  test('and nothing of one that is right', () => {
    expect(readJwk(JSON.stringify(good))).toMatchObject({ problems: [], exposed: [], kid: 'acme' });
  });

  test.each([
    ['no JSON', 'kid: acme', /is not JSON/],
    ['a list', JSON.stringify([good]), /is a list of keys/],
    ['a key set', JSON.stringify({ keys: [good] }), /is a key set/],
    ['a number', '1', /is no JSON object/],
  ])('in %s', (_what, text, problem) => {
    expect(readJwk(text)).toEqual({ problem: expect.stringMatching(problem) });
  });

  test.each<[string, object, RegExp]>([
    ['another kind of key', { ...good, kty: other.kty }, /"kty": "RSA"/],
    ['another algorithm', { ...good, alg: 'PS256' }, /"alg": "RS256" or "RS512"/],
    ['no algorithm', { ...good, alg: undefined }, /"alg"/],
    ['a key for encryption', { ...good, use: 'enc' }, /"use"/],
    ['no key id', { ...good, kid: undefined }, /"kid"/],
    ['an empty key id', { ...good, kid: ' ' }, /"kid"/],
    ['no certificate', { ...good, x5c: undefined }, /not exactly one certificate/],
    ['two certificates', { ...good, x5c: [...good.x5c, ...good.x5c] }, /not exactly one certificate/],
    ['a certificate as PEM', { ...good, x5c: [fileOf(made, keyFiles.certificate)] }, /has PEM/],
    ['a certificate in base64url', { ...good, x5c: [`${made.certificate.raw.toString('base64url')}-_`] }, /base64url/],
    ['a folded certificate', { ...good, x5c: [good.x5c[0].replace(/.{64}/g, '$&\n')] }, /blanks or line ends/],
    ['something that is no certificate', { ...good, x5c: ['AAAA'] }, /no certificate/],
    ['a modulus in standard base64', { ...good, n: `${good.n}==` }, /"n" and "e"/],
    ['no exponent', { ...good, e: undefined }, /"n" and "e"/],
  ])('with %s', (_what, jwk, problem) => {
    expect(readJwk(JSON.stringify(jwk))).toMatchObject({ problems: [expect.stringMatching(problem)] });
  });

  test('with the private key in it', () => {
    expect(readJwk(JSON.stringify({ ...good, ...secret }))).toMatchObject({
      exposed: ['d', 'p', 'q', 'dp', 'dq', 'qi'],
    });
  });
});
