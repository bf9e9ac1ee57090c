import { ApexBlob } from '../../values/blob.ts';
import { apexError } from '../../values/exception.ts';
import type { NativeClass } from '../native.ts';
import { textArgument } from '../native.ts';
import { bytesArgument } from './bytes-argument.ts';
import { urlDecode, urlEncode } from './escape/url-form.ts';

/** `System.EncodingUtil`. */
export const encodingUtilClass: NativeClass = {
  name: 'System.EncodingUtil',
  statics: {
    base64decode: (_run, args) => new ApexBlob(base64Bytes(textArgument(args, 0))),
    base64encode: (_run, args) => Buffer.from(bytesArgument(args, 0)).toString('base64'),
    convertfromhex: (_run, args) => new ApexBlob(hexBytes(textArgument(args, 0))),
    converttohex: (_run, args) => Buffer.from(bytesArgument(args, 0)).toString('hex'),
    urldecode: (_run, args) => urlDecode(textArgument(args, 0), textArgument(args, 1)),
    urlencode: (_run, args) => urlEncode(textArgument(args, 0), textArgument(args, 1)),
  },
};

/** Line breaks may stand within. The alphabet for URLs is another one, which is not taken. */
function base64Bytes(text: string): Uint8Array {
  const digits = text.replaceAll(/\s/g, '');
  const [unknown] = /[^A-Za-z0-9+/=]/u.exec(digits) ?? [];
  if (unknown !== undefined) {
    throw apexError('System.StringException', `Unrecognized base64 character: ${unknown}`);
  }
  return Buffer.from(digits, 'base64');
}

function hexBytes(text: string): Uint8Array {
  if (text.length % 2 !== 0) throw apexError('System.StringException', 'Odd number of characters.');
  const found = /[^0-9a-fA-F]/u.exec(text);
  if (found !== null) {
    throw apexError('System.StringException', `Illegal hexadecimal character ${found[0]} at index ${found.index}`);
  }
  return Buffer.from(text, 'hex');
}
