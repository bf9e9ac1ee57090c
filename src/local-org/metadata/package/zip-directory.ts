import { MetadataFault } from '../metadata-fault.ts';

/** One entry of a zip's central directory (APPNOTE 6.3.10, 4.3.12). Sizes in bytes. */
export interface ZipEntry {
  readonly name: string;
  readonly encrypted: boolean;
  readonly method: number;
  readonly checksum: number;
  readonly packedSize: number;
  readonly size: number;
  /** Where the packed bytes begin in the file. */
  readonly start: number;
}

const endSignature = 0x06_05_4b_50;
const entrySignature = 0x02_01_4b_50;
const localSignature = 0x04_03_4b_50;
const endLength = 22;
const entryLength = 46;
const localLength = 30;
/** What 32-bit fields hold where the real number stands in a ZIP64 record. */
const seeZip64 = 0xff_ff_ff_ff;

/**
 * Reads the central directory, the one list of a zip's entries that counts.
 * @throws MetadataFault INVALID_OPERATION where the bytes are no zip, or one this reader does not take (ZIP64, parts)
 */
export function readDirectory(bytes: Uint8Array): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  const offset = view.getUint32(end + 16, true);
  const length = view.getUint32(end + 12, true);
  if (view.getUint16(end + 8, true) !== count) throw invalidZip('the zip is split into parts');
  if (offset === seeZip64 || count === 0xff_ff) throw invalidZip('ZIP64 is not accepted');
  if (offset + length > end) throw invalidZip('the central directory is cut off');
  const entries: ZipEntry[] = [];
  let position = offset;
  for (let index = 0; index < count; index += 1) {
    if (position + entryLength > end || view.getUint32(position, true) !== entrySignature) {
      throw invalidZip('the central directory is damaged');
    }
    entries.push(readEntry(bytes, view, position));
    position +=
      entryLength +
      view.getUint16(position + 28, true) +
      view.getUint16(position + 30, true) +
      view.getUint16(position + 32, true);
  }
  return entries;
}

/** The end record stands last, but for a comment of up to 65,535 bytes. */
function findEnd(view: DataView): number {
  const lowest = Math.max(0, view.byteLength - endLength - 0xff_ff);
  for (let position = view.byteLength - endLength; position >= lowest; position -= 1) {
    if (view.getUint32(position, true) === endSignature) return position;
  }
  throw invalidZip('it has no end of central directory');
}

function readEntry(bytes: Uint8Array, view: DataView, position: number): ZipEntry {
  const nameLength = view.getUint16(position + 28, true);
  const nameBytes = bytes.subarray(position + entryLength, position + entryLength + nameLength);
  const local = view.getUint32(position + 42, true);
  const packedSize = view.getUint32(position + 20, true);
  if (local + localLength > bytes.length || view.getUint32(local, true) !== localSignature) {
    throw invalidZip('an entry does not lie where the directory says');
  }
  const start = local + localLength + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (start + packedSize > bytes.length) throw invalidZip('an entry is cut off');
  return {
    name: decodeName(nameBytes),
    encrypted: (view.getUint16(position + 8, true) & 1) === 1,
    method: view.getUint16(position + 10, true),
    checksum: view.getUint32(position + 16, true),
    packedSize,
    size: view.getUint32(position + 24, true),
    start,
  };
}

function decodeName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw invalidZip('an entry name is not UTF-8');
  }
}

/** How the local org says that bytes are no zip it takes. */
export function invalidZip(what: string): MetadataFault {
  return new MetadataFault('INVALID_OPERATION', `Invalid zip file: ${what}`);
}
