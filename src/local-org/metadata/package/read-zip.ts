import { crc32, inflateRawSync } from 'node:zlib';

import { MetadataFault } from '../metadata-fault.ts';
import { invalidZip, readDirectory } from './zip-directory.ts';
import type { ZipEntry } from './zip-directory.ts';
import { zipLimits } from './zip-limits.ts';

/** Files of a zip by path, in the zip's order; folders are left out. */
export type ZipFiles = ReadonlyMap<string, Uint8Array>;

const stored = 0;
const deflated = 8;

/**
 * Unpacks a deployment's zip in memory. Nothing is trusted: names, declared sizes and checksums are checked, and
 * unpacking stops at the declared size, so that a bomb costs what it declares and no more.
 *
 * @throws MetadataFault INVALID_OPERATION or LIMIT_EXCEEDED. "No zip file content passed in" and "Too many files in zip"
 * are Salesforce's words; how it words a damaged zip is not documented.
 */
export function readZip(bytes: Uint8Array): ZipFiles {
  if (bytes.length === 0) throw new MetadataFault('INVALID_OPERATION', 'No zip file content passed in');
  if (bytes.length > zipLimits.compressedBytes) {
    throw new MetadataFault(
      'LIMIT_EXCEEDED',
      `Maximum size of request reached. Maximum size of request is ${zipLimits.requestBytes} bytes.`,
    );
  }
  const entries = readDirectory(bytes);
  refuseTooMuch(entries);
  const files = new Map<string, Uint8Array>();
  const names = new Set<string>();
  for (const entry of entries) {
    refuseBadName(entry.name);
    if (names.has(entry.name)) throw invalidZip(`duplicate entry ${entry.name}`);
    names.add(entry.name);
    if (!entry.name.endsWith('/')) files.set(entry.name, unpack(bytes, entry));
  }
  return files;
}

function refuseTooMuch(entries: readonly ZipEntry[]): void {
  if (entries.filter((entry) => !entry.name.endsWith('/')).length > zipLimits.files) {
    throw new MetadataFault('INVALID_OPERATION', 'Too many files in zip');
  }
  const unpacked = entries.reduce((sum, entry) => sum + entry.size, 0);
  if (unpacked > zipLimits.unpackedBytes) {
    throw new MetadataFault(
      'LIMIT_EXCEEDED',
      `Maximum unzipped size reached. Maximum unzipped size is ${zipLimits.unpackedBytes} bytes.`,
    );
  }
}

function refuseBadName(name: string): void {
  const parts = name.replace(/\/$/, '').split('/');
  const bad =
    name === '' ||
    name.startsWith('/') ||
    name.includes('\\') ||
    name.includes('\0') ||
    /^[A-Za-z]:/.test(name) ||
    parts.some((part) => part === '' || part === '.' || part === '..');
  if (bad) throw invalidZip(`invalid entry name ${JSON.stringify(name)}`);
}

function unpack(bytes: Uint8Array, entry: ZipEntry): Uint8Array {
  if (entry.encrypted) throw invalidZip(`entry ${entry.name} is encrypted`);
  const packed = bytes.subarray(entry.start, entry.start + entry.packedSize);
  const content = inflate(packed, entry);
  if (content.length !== entry.size) throw invalidZip(`entry ${entry.name} does not have the size it declares`);
  if (crc32(content) !== entry.checksum) throw invalidZip(`entry ${entry.name} has a wrong checksum`);
  return content;
}

function inflate(packed: Uint8Array, entry: ZipEntry): Uint8Array {
  if (entry.method === stored) return packed;
  if (entry.method !== deflated) throw invalidZip(`entry ${entry.name} uses compression method ${entry.method}`);
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(entry.size, 1) });
  } catch (cause) {
    throw invalidZip(
      `entry ${entry.name} cannot be unpacked (${cause instanceof Error ? cause.message : String(cause)})`,
    );
  }
}
