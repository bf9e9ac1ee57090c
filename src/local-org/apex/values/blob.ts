import { primitives } from '../types/type.ts';
import { ApexValue } from './value.ts';

/** Bytes. Never changed in place. */
export class ApexBlob extends ApexValue {
  readonly type = primitives.Blob;
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    super();
    this.bytes = bytes;
  }
}
