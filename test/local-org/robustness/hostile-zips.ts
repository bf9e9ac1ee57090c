import { crc32, deflateRawSync } from 'node:zlib';

import { apexClass, manifest, zipOf } from '../metadata/package-zip.ts';
import type { PackageFiles } from '../metadata/package-zip.ts';
import type { Chance } from './chance.ts';

const MEGABYTE = 1024 * 1024;

/** A package of one class, as it should be. */
export const soundFiles: PackageFiles = {
  'package.xml': manifest({ ApexClass: ['Sound'] }),
  ...apexClass('Sound', 'public class Sound {\n}\n'),
};

/** Names that would leave the folder they are unpacked to, or that no file system likes. */
const hostileNames = [
  '../../etc/passwd',
  '/etc/passwd',
  'classes/../../../Sound.cls',
  'C:\\Windows\\system32\\x.cls',
  'classes\\..\\..\\x.cls',
  'classes/\u0000.cls',
  'classes//Sound.cls',
  './classes/Sound.cls',
  `classes/${'x'.repeat(5000)}.cls`,
  'classes/\u{1F525}.cls',
  '__proto__/constructor',
  'package.xml/package.xml',
  '-meta.xml',
] as const;

/**
 * A zip whose directory names one compressed file many times: little to send, much to unpack.
 * @param declared bytes that the directory says the file has; the truth is `megabytes`
 */
function bomb(entries: number, megabytes: number, declared = megabytes * MEGABYTE): Buffer {
  const content = Buffer.alloc(megabytes * MEGABYTE);
  const compressed = deflateRawSync(content, { level: 9 });
  const name = Buffer.from('classes/Sound.cls');
  const facts = Buffer.alloc(26);
  facts.writeUInt16LE(20, 0);
  facts.writeUInt16LE(8, 4);
  facts.writeUInt32LE(crc32(content), 10);
  facts.writeUInt32LE(compressed.length, 14);
  facts.writeUInt32LE(declared, 18);
  facts.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), facts, name, compressed]);
  const central = Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000'), facts, Buffer.alloc(14), name]);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(entries, 8);
  end.writeUInt16LE(entries, 10);
  end.writeUInt32LE(entries * central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, ...Array.from({ length: entries }, () => central), end]);
}

const bombs = [bomb(100, 8), bomb(1, 8, 100), bomb(60_000, 1), bomb(1, 8, 0xffff_ffff)] as const;

/** A zip that should not be trusted. */
export function hostileZip(chance: Chance): Buffer {
  switch (chance.below(5)) {
    case 0:
      return chance.pick(bombs);
    case 1:
      return zipOf({ ...soundFiles, [chance.pick(hostileNames)]: 'public class Sound { }' });
    case 2:
      return Buffer.from(Array.from({ length: chance.below(400) }, () => chance.below(256)));
    case 3:
      return zipOf(Object.fromEntries(Object.entries(soundFiles).slice(chance.below(3))));
    default: {
      const zip = zipOf(soundFiles);
      for (let times = 1 + chance.below(5); times > 0; times--) zip[chance.below(zip.length)] = chance.below(256);
      return zip.subarray(0, chance.percent(30) ? chance.below(zip.length) : zip.length);
    }
  }
}
