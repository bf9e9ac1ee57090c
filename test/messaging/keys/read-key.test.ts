import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import { keyFiles } from '../../../src/messaging/keys/key-folder.ts';
import { readCertificate, readPrivateKey, readPublicKey } from '../../../src/messaging/keys/read/read-key.ts';
import { aKey, fileOf } from './key-stories.ts';

const made = await aKey();
const pem = fileOf(made, keyFiles.privateKey);
const publicPem = fileOf(made, keyFiles.publicKey);
const certificatePem = fileOf(made, keyFiles.certificate);
const key = createPrivateKey(pem);
const passphrase = 'correct horse';
const cipher = { cipher: 'aes-256-cbc', passphrase };
const pkcs1 = key.export({ type: 'pkcs1', format: 'pem' }).toString();
const body = pem.split('\n').slice(1, -2);
const publicBody = publicPem.split('\n').slice(1, -2);

describe('a private key that copying has damaged is understood, and told', () => {
  test.each<[string, string, string[], boolean]>([
    ['as it should be', pem, [], false],
    ['without a line end behind it', pem.trimEnd(), ['no-final-line-end'], false],
    ['with Windows line ends', pem.replaceAll('\n', '\r\n'), ['windows-line-ends'], false],
    ['with a byte order mark', `\uFEFF${pem}`, ['byte-order-mark'], true],
    ['with \\n as two characters', pem.replaceAll('\n', String.raw`\n`), ['escaped-line-ends'], true],
    ['without its last line', pem.replace(/-----END.*\n/, ''), ['missing-last-line'], true],
    ['without both header lines', `${body.join('\n')}\n`, ['missing-header-lines'], true],
    ['on one line', pem.trim().replaceAll('\n', ' '), ['no-final-line-end', 'pasted-spaces'], true],
    ['indented', pem.replaceAll(/^/gm, '    ').trimEnd(), ['pasted-spaces', 'no-final-line-end'], true],
    ['with no-break spaces', pem.replaceAll('\n', '\u00A0\n'), ['no-break-spaces', 'pasted-spaces'], true],
    ['with zero-width spaces', pem.replaceAll('\n', '\u200B\n'), ['invisible-characters'], true],
    ['in quotes', `"${pem}"`, ['quotes'], true],
    ['with dashes of a word processor', pem.replaceAll('-----', '—–'), ['damaged-header-lines'], true],
    ['with four hyphens', pem.replaceAll('-----', '----'), ['damaged-header-lines'], true],
    ['with header lines of two kinds', pem.replace('END PRIVATE', 'END RSA PRIVATE'), ['different-header-lines'], true],
    ['with text before it', `Bag Attributes\n  friendlyName: x\n${pem}`, ['pasted-spaces', 'other-text'], false],
    ['as PKCS#1', pkcs1, ['pkcs1'], true],
    ['as PKCS#1 with Windows line ends', pkcs1.replaceAll('\n', '\r\n'), ['windows-line-ends', 'pkcs1'], true],
  ])('%s', (_what, text, remarks, mustChange) => {
    const read = readPrivateKey(text);
    expect(read).toMatchObject({ pem, encrypted: false, mustChange });
    expect(read.problem === undefined && read.remarks.map(({ id }) => id)).toEqual(remarks);
  });

  test.each([
    ['PKCS#8', key.export({ type: 'pkcs8', format: 'pem', ...cipher }).toString()],
    ['PKCS#1, as OpenSSL once did', key.export({ type: 'pkcs1', format: 'pem', ...cipher }).toString()],
    [
      'PKCS#1 with Windows line ends',
      key
        .export({ type: 'pkcs1', format: 'pem', ...cipher })
        .toString()
        .replaceAll('\n', '\r\n'),
    ],
  ])('encrypted as %s, and stays encrypted', (_what, text) => {
    const read = readPrivateKey(text, passphrase);
    expect(read).toMatchObject({
      encrypted: true,
      pem: expect.stringMatching(/^-----BEGIN ENCRYPTED PRIVATE KEY-----\n/),
    });
    expect(read.problem === undefined && createPrivateKey({ key: read.pem, passphrase }).equals(key)).toBe(true);
  });
});

describe('what cannot be a private key is named for what it is', () => {
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const short = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
  const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey;
  const encrypted = key.export({ type: 'pkcs8', format: 'pem', ...cipher }).toString();
  const wrapped = (label: string) => pem.replaceAll('PRIVATE KEY', label);
  test.each<[string, string, RegExp]>([
    ['nothing', ' \n', /^is empty\.$/],
    ['UTF-16', Buffer.from(pem, 'utf16le').toString('utf8'), /UTF-16/],
    ['prose', 'my key is in the vault', /^is no PEM file/],
    ['a certificate', certificatePem, /^is a certificate; here the private key is needed\.$/],
    ['a public key', publicPem, /^is a public key; here the private key is needed\.$/],
    ['an OpenSSH key', wrapped('OPENSSH PRIVATE KEY'), /format of OpenSSH/],
    ['an EC key', ec.export({ type: 'sec1', format: 'pem' }).toString(), /elliptic-curve/],
    [
      'an EC key as PKCS#8',
      ec.export({ type: 'pkcs8', format: 'pem' }).toString(),
      /of type ec; .* needs a plain RSA key/,
    ],
    ['an RSA-PSS key', pss.export({ type: 'pkcs8', format: 'pem' }).toString(), /of type rsa-pss/],
    ['a short key', short.export({ type: 'pkcs8', format: 'pem' }).toString(), /has 1024 bits; 2048 is the least/],
    ['a key that is cut short', pem.split('\n').toSpliced(12, 8).join('\n'), /is cut short/],
    ['a key cut in the middle', pem.slice(0, 900), /is cut short/],
    ['a key with a foreign character', pem.replace(body[4] ?? '', `${body[4]?.slice(1)}§`), /not base64/],
    [
      'base64 that is no DER',
      `-----BEGIN PRIVATE KEY-----\naGVsbG8gd29ybGQh\n-----END PRIVATE KEY-----\n`,
      /is not DER/,
    ],
    ['two keys in one block', pem.replace(body.join('\n'), [...body, ...body].join('\n')), /holds more than one/],
    ['an encrypted key without passphrase', encrypted, /encrypted, and no passphrase/],
  ])('%s', (_what, text, problem) => {
    const read = readPrivateKey(text);
    expect(read).toEqual({ problem: expect.stringMatching(problem) });
    expect(read.problem).not.toContain(body[4]);
  });

  test('an encrypted key with the wrong passphrase', () => {
    expect(readPrivateKey(encrypted, 'wrong horse')).toEqual({ problem: expect.stringMatching(/passphrase is wrong/) });
  });
});

describe('a public key', () => {
  test('as PKCS#1 is converted to what OpenCX asks for', () => {
    const text = createPublicKey(publicPem).export({ type: 'pkcs1', format: 'pem' }).toString();
    expect(readPublicKey(text)).toMatchObject({ pem: publicPem, mustChange: true, remarks: [{ id: 'pkcs1' }] });
  });

  test('without its header lines is understood', () => {
    const read = readPublicKey(`${publicBody.join('\n')}\n`);
    expect(read).toMatchObject({ pem: publicPem, remarks: [{ id: 'missing-header-lines' }] });
  });

  test('with the private key in the same file is a leak', () => {
    const read = readPublicKey(publicPem + pem);
    expect(read).toMatchObject({ mustChange: true, remarks: [{ id: 'private-key-inside' }] });
  });

  test('is not the private key, and not the certificate', () => {
    expect(readPublicKey(pem)).toEqual({ problem: 'is a private key; here the public key is needed.' });
    expect(readPublicKey(certificatePem)).toEqual({ problem: 'is a certificate; here the public key is needed.' });
  });
});

describe('a certificate', () => {
  test('is read whatever copying did to it', () => {
    const read = readCertificate(certificatePem.replaceAll('\n', '\r\n'));
    expect(read).toMatchObject({ pem: certificatePem, remarks: [{ id: 'windows-line-ends' }] });
  });

  test('is not a public key', () => {
    expect(readCertificate(publicPem)).toEqual({ problem: 'is a public key; here the certificate is needed.' });
  });
});
