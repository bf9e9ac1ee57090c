import { deflateRawSync } from 'node:zlib';

import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';

import { MetadataFault } from '../../../src/local-org/metadata/metadata-fault.ts';
import { readZip } from '../../../src/local-org/metadata/package/read-zip.ts';

const good = zipSync({
  'package.xml': strToU8('<Package/>'),
  classes: { 'A.cls': strToU8('public class A {}'.repeat(20)) },
});

function faultOf(bytes: Uint8Array): string {
  try {
    readZip(bytes);
  } catch (error) {
    if (error instanceof MetadataFault) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'accepted';
}

/** Offset of the n-th record that begins with a signature. */
function find(bytes: Uint8Array, signature: number, nth = 0): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  let seen = 0;
  for (let offset = 0; offset + 4 <= bytes.length; offset += 1) {
    if (view.getUint32(offset, true) === signature && seen++ === nth) return offset;
  }
  throw new Error('no such record');
}

function patched(change: (view: DataView, entry: number, end: number) => void): Uint8Array {
  const copy = Uint8Array.from(good);
  change(new DataView(copy.buffer), find(copy, 0x02014b50, 2), find(copy, 0x06054b50));
  return copy;
}

test('files come out as they went in, folders left out', () => {
  const files = readZip(good);
  expect([...files.keys()]).toEqual(['package.xml', 'classes/A.cls']);
  expect(Buffer.from(files.get('classes/A.cls') ?? []).toString()).toBe('public class A {}'.repeat(20));
});

describe('a zip that is not taken', () => {
  test.each<[string, Uint8Array, RegExp]>([
    ['nothing', new Uint8Array(), /^INVALID_OPERATION: No zip file content passed in$/],
    ['no zip', strToU8('hello, this is text and not a zip at all'), /no end of central directory/],
    ['a zip cut off', good.subarray(0, good.length - 30), /no end of central directory/],
    [
      'a directory that lies outside',
      patched((view, _entry, end) => view.setUint32(end + 16, 0x7fffffff, true)),
      /cut off/,
    ],
    [
      'more entries than there are',
      patched((view, _entry, end) => [8, 10].forEach((field) => view.setUint16(end + field, 9, true))),
      /damaged/,
    ],
    ['an encrypted entry', patched((view, entry) => view.setUint16(entry + 8, 1, true)), /A\.cls is encrypted/],
    ['an unknown method', patched((view, entry) => view.setUint16(entry + 10, 12, true)), /compression method 12/],
    ['a wrong checksum', patched((view, entry) => view.setUint32(entry + 16, 1, true)), /wrong checksum/],
    ['a size declared too small', patched((view, entry) => view.setUint32(entry + 24, 5, true)), /cannot be unpacked/],
    [
      'a size declared too large',
      patched((view, entry) => view.setUint32(entry + 24, 5000, true)),
      /does not have the size it declares/,
    ],
    [
      'a size beyond all limits',
      patched((view, entry) => view.setUint32(entry + 24, 0x7fffffff, true)),
      /^LIMIT_EXCEEDED: /,
    ],
    [
      'an entry that begins nowhere',
      patched((view, entry) => view.setUint32(entry + 42, 7, true)),
      /does not lie where/,
    ],
    ['a name that climbs out', zipSync({ '../evil.cls': strToU8('x') }), /invalid entry name "\.\.\/evil\.cls"/],
    ['a name that climbs out further in', zipSync({ 'classes/../../evil.cls': strToU8('x') }), /invalid entry name/],
    ['an absolute name', zipSync({ '/etc/passwd': strToU8('x') }), /invalid entry name/],
    ['a Windows name', zipSync({ 'classes\\A.cls': strToU8('x') }), /invalid entry name/],
  ])('%s', (_what, bytes, fault) => {
    expect(faultOf(bytes)).toMatch(fault);
  });

  test('two entries of one name', () => {
    const twice = zipSync({ 'a.cls': strToU8('1'), 'b.cls': strToU8('2') });
    const copy = Buffer.from(twice);
    for (let at = copy.indexOf('b.cls'); at >= 0; at = copy.indexOf('b.cls')) copy.write('a.cls', at);
    expect(faultOf(copy)).toMatch(/duplicate entry a\.cls/);
  });

  test('a bomb costs no more than it declares', () => {
    const bomb = deflateRawSync(Buffer.alloc(50_000_000));
    const zip = zipSync({ 'bomb.cls': [strToU8('x'.repeat(bomb.length)), { level: 0 }] });
    const view = new DataView(zip.buffer, zip.byteOffset);
    const entry = find(zip, 0x02014b50);
    view.setUint16(entry + 10, 8, true);
    view.setUint32(entry + 24, 1000, true);
    zip.set(bomb, 30 + 'bomb.cls'.length);
    expect(faultOf(zip)).toMatch(/cannot be unpacked/);
  });

  test('too many files', () => {
    const files = Object.fromEntries(Array.from({ length: 10_001 }, (_each, index) => [`f${index}`, new Uint8Array()]));
    expect(faultOf(zipSync(files, { level: 0 }))).toBe('INVALID_OPERATION: Too many files in zip');
  });
});
