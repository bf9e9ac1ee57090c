import { ApexBlob } from '../../values/blob.ts';
import { apexError } from '../../values/exception.ts';
import type { NativeClass } from '../native.ts';
import { methodsOf, textArgument } from '../native.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** `Blob`. `toPdf` is missing: it takes a renderer of pages. */
export const blobClass: NativeClass = {
  name: 'Blob',
  statics: { valueof: (_run, args) => new ApexBlob(Buffer.from(textArgument(args, 0), 'utf8')) },
  methods: methodsOf<ApexBlob>({
    size: (_run, self) => self.bytes.length,
    tostring: (_run, self) => textOfBytes(self.bytes),
  }),
};

function textOfBytes(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) throw apexError('System.StringException', 'BLOB is not a valid UTF-8 string');
    throw error;
  }
}
