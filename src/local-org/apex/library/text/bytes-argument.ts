import { ApexBlob } from '../../values/blob.ts';
import type { Value } from '../../values/value.ts';
import { nullArgument } from '../native.ts';

/** A Blob argument. @throws ApexThrown System.NullPointerException for null */
export function bytesArgument(args: readonly Value[], index: number): Uint8Array {
  const value = args[index];
  if (!(value instanceof ApexBlob)) throw nullArgument();
  return value.bytes;
}
