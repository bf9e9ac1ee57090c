import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { runApex } from '../../run-apex.ts';
import { evaluate, thrownBy } from './evaluate.ts';

describe('a Blob', () => {
  it('is the UTF-8 of a text', async () => {
    expect(await evaluate(`Blob.valueOf('äb').size()`, `Blob.valueOf('äb').toString()`)).toEqual(['3', 'äb']);
    expect(await thrownBy([`EncodingUtil.convertFromHex('ff').toString();`])).toEqual([
      'System.StringException: BLOB is not a valid UTF-8 string',
    ]);
  });
});

describe('EncodingUtil', () => {
  it('goes to base64 and hexadecimal and back', async () => {
    expect(
      await evaluate(
        `EncodingUtil.base64Encode(Blob.valueOf('Ada?>'))`,
        `EncodingUtil.base64Decode('QWRhPz4=').toString()`,
        `EncodingUtil.convertToHex(Blob.valueOf('Ada'))`,
        `EncodingUtil.convertFromHex('4164612E').toString()`,
      ),
    ).toEqual(['QWRhPz4=', 'Ada?>', '416461', 'Ada.']);
    expect(await thrownBy([`EncodingUtil.base64Decode('a_b=');`, `EncodingUtil.convertFromHex('abc');`])).toEqual([
      'System.StringException: Unrecognized base64 character: _',
      'System.StringException: Odd number of characters.',
    ]);
  });

  it('writes URLs as forms do', async () => {
    expect(
      await evaluate(
        `EncodingUtil.urlEncode('a b&c=ä/~*', 'UTF-8')`,
        `EncodingUtil.urlEncode('ä', 'ISO-8859-1')`,
        `EncodingUtil.urlDecode('a+b%26c%3D%C3%A4%2F~', 'UTF-8')`,
      ),
    ).toEqual(['a+b%26c%3D%C3%A4%2F%7E*', '%E4', 'a b&c=ä/~']);
    expect(await thrownBy([`EncodingUtil.urlDecode('%zz', 'UTF-8');`])).toEqual([
      'System.StringException: URLDecoder: Illegal hex characters in escape (%) pattern - For input string: "zz"',
    ]);
  });
});

describe('Crypto', () => {
  it('makes the digests and codes everyone makes', async () => {
    const hex = (expression: string): string => `EncodingUtil.convertToHex(${expression})`;
    expect(
      await evaluate(
        hex(`Crypto.generateDigest('MD5', Blob.valueOf('abc'))`),
        hex(`Crypto.generateDigest('SHA1', Blob.valueOf('abc'))`),
        hex(`Crypto.generateDigest('SHA-256', Blob.valueOf('abc'))`),
        hex(`Crypto.generateMac('hmacSHA256', Blob.valueOf('what do ya want for nothing?'), Blob.valueOf('Jefe'))`),
        `Crypto.verifyHMac('HmacSHA256', Blob.valueOf('a'), Blob.valueOf('k'), Crypto.generateMac('HmacSHA256', Blob.valueOf('a'), Blob.valueOf('k')))`,
      ),
    ).toEqual([
      '900150983cd24fb0d6963f7d28e17f72',
      'a9993e364706816aba3e25717850c26c9cd0d89d',
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
      'true',
    ]);
  });

  it('encrypts with AES in blocks that are chained', async () => {
    expect(
      await runApex(`
        Blob key = Blob.valueOf('0123456789abcdef');
        Blob iv = Blob.valueOf('Example of IV123');
        Blob secret = Crypto.encrypt('AES128', key, iv, Blob.valueOf('Data to be encrypted'));
        System.debug(secret.size() + ' ' + Crypto.decrypt('AES128', key, iv, secret).toString());
        Blob strong = Crypto.generateAesKey(256);
        Blob managed = Crypto.encryptWithManagedIV('AES256', strong, Blob.valueOf('x'));
        System.debug(strong.size() + ' ' + managed.size() + ' ' + Crypto.decryptWithManagedIV('AES256', strong, managed).toString());
      `),
    ).toEqual(['32 Data to be encrypted', '32 32 x']);
  });

  it('refuses keys, vectors and data of a wrong length', async () => {
    const iv = `Blob.valueOf('Example of IV123')`;
    expect(
      await thrownBy([
        `Crypto.encrypt('AES128', Blob.valueOf('short'), ${iv}, Blob.valueOf('a'));`,
        `Crypto.encrypt('AES128', ${iv}, Blob.valueOf('short'), Blob.valueOf('a'));`,
        `Crypto.encrypt('DES', ${iv}, ${iv}, Blob.valueOf('a'));`,
        `Crypto.decrypt('AES128', ${iv}, ${iv}, Blob.valueOf('a'));`,
        `Crypto.decrypt('AES128', ${iv}, ${iv}, ${iv});`,
        `Crypto.decryptWithManagedIV('AES128', ${iv}, Blob.valueOf('a'));`,
      ]),
    ).toEqual([
      'System.InvalidParameterValueException: Invalid private key. Must be 16 bytes.',
      'System.InvalidParameterValueException: Invalid initialization vector. Must be 16 bytes.',
      'System.InvalidParameterValueException: Invalid algorithm DES. Must be AES128, AES192, or AES256.',
      'System.SecurityException: Input length must be multiple of 16 when decrypting with padded cipher',
      'System.SecurityException: Given final block not properly padded',
      'System.InvalidParameterValueException: Unable to parse initialization vector from encrypted data.',
    ]);
  });

  it('signs so that others can verify, and verifies', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { format: 'der', type: 'pkcs8' },
      publicKeyEncoding: { format: 'der', type: 'spki' },
    });
    const [signature = '', verdict, other] = await runApex(`
      Blob key = EncodingUtil.base64Decode('${privateKey.toString('base64')}');
      Blob publicKey = EncodingUtil.base64Decode('${publicKey.toString('base64')}');
      Blob signature = Crypto.sign('RSA-SHA256', Blob.valueOf('text'), key);
      System.debug(EncodingUtil.base64Encode(signature));
      System.debug(Crypto.verify('RSA-SHA256', Blob.valueOf('text'), signature, publicKey));
      System.debug(Crypto.verify('RSA-SHA256', Blob.valueOf('other'), signature, publicKey));
    `);
    const key = createPublicKey({ key: publicKey, format: 'der', type: 'spki' });
    expect(verify('sha256', Buffer.from('text'), key, Buffer.from(signature, 'base64'))).toBe(true);
    expect([verdict, other]).toEqual(['true', 'false']);
  });

  it('gives chance numbers of both signs and 32 or 64 bits', async () => {
    const [kinds] = await evaluate(
      `(Crypto.getRandomInteger() != Crypto.getRandomInteger()) + ' ' + (Crypto.getRandomLong() != Crypto.getRandomLong())`,
    );
    expect(kinds).toBe('true true');
  });
});
