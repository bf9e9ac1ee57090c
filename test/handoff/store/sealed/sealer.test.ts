import { randomBytes } from 'node:crypto';

import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';

import { openSealer } from '../../../../src/handoff/store/sealed/sealer.ts';

const sealer = openSealer(randomBytes(32));

test('every text opens to itself, and looks the same each time it is sealed', () => {
  assert(
    property(string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      const sealed = sealer.seal('header', text);
      expect(sealer.open('header', sealed)).toBe(text);
      expect(sealer.seal('header', text)).toBe(sealed);
      expect(sealed).toMatch(/^opencx-sealed:v1:[\w-]+$/);
    }),
  );
});

test('a text that was never sealed is read as it is', () => {
  expect(sealer.open('header', 'Bearer abc')).toBe('Bearer abc');
});

test('a text that looks sealed is sealed like any other', () => {
  const text = sealer.seal('header', 'once');
  expect(sealer.open('header', sealer.seal('header', text))).toBe(text);
});

test('no single changed character, other key or other purpose opens it', () => {
  const sealed = sealer.seal('header', 'Bearer abc');
  const begin = 'opencx-sealed:v1:'.length;
  for (let at = begin; at < sealed.length; at++) {
    const other = sealed[at] === 'A' ? 'g' : 'A';
    const changed = `${sealed.slice(0, at)}${other}${sealed.slice(at + 1)}`;
    // The last character of base64 may carry bits that count for nothing.
    if (Buffer.from(changed.slice(begin), 'base64url').equals(Buffer.from(sealed.slice(begin), 'base64url'))) continue;
    expect(sealer.open('header', changed)).toBeUndefined();
  }
  expect(openSealer(randomBytes(32)).open('header', sealed)).toBeUndefined();
  expect(sealer.open('url', sealed)).toBeUndefined();
  expect(sealer.open('header', 'opencx-sealed:v1:')).toBeUndefined();
  expect(sealer.open('header', 'opencx-sealed:v1:AAAA')).toBeUndefined();
});

test('a key has a name by which it is told from others', () => {
  const key = randomBytes(32);
  expect(openSealer(key).keyId).toBe(openSealer(key).keyId);
  expect(openSealer(key).keyId).not.toBe(sealer.keyId);
});

test('a key of another length is refused', () => {
  expect(() => openSealer(randomBytes(16))).toThrow('the key has 16 bytes, not 32');
});
