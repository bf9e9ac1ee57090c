import { ApexBlob } from '../../values/blob.ts';
import { apexError } from '../../values/exception.ts';
import { flagArgument, integerArgument, methodsOf, nullArgument, textArgument } from '../native.ts';
import type { NativeClass } from '../native.ts';
import { decodeBody } from './body-text.ts';
import { HttpRequestValue } from './http-values.ts';

/** Milliseconds (Apex Developer Guide, "Callout Limits and Limitations"). */
const LONGEST_TIMEOUT = 120_000;

const methods = methodsOf<HttpRequestValue>({
  getbody: (_run, self) => decodeBody(self.body, self.headers.get('Content-Type')),
  getbodyasblob: (_run, self) => new ApexBlob(self.body),
  getcompressed: (_run, self) => self.compressed,
  getendpoint: (_run, self) => self.endpoint,
  getheader: (_run, self, args) => self.headers.get(textArgument(args, 0)) ?? null,
  getmethod: (_run, self) => self.method,
  setbody: (_run, self, args) => {
    self.body = new TextEncoder().encode(textArgument(args, 0));
    return null;
  },
  setbodyasblob: (_run, self, [body]) => {
    if (!(body instanceof ApexBlob)) throw nullArgument();
    self.body = body.bytes;
    return null;
  },
  setcompressed: (_run, self, args) => {
    self.compressed = flagArgument(args, 0);
    return null;
  },
  setendpoint: (_run, self, args) => {
    self.endpoint = textArgument(args, 0);
    return null;
  },
  setheader: (_run, self, args) => {
    self.headers.set(textArgument(args, 0), textArgument(args, 1));
    return null;
  },
  setmethod: (_run, self, args) => {
    self.method = textArgument(args, 0);
    return null;
  },
  settimeout: (_run, self, args) => {
    const timeout = integerArgument(args, 0);
    if (timeout < 1 || timeout > LONGEST_TIMEOUT) {
      throw apexError('System.CalloutException', `Invalid timeout: ${timeout}. It must be between 1 and 120000.`);
    }
    self.timeoutMs = timeout;
    return null;
  },
  tostring: (_run, self) => self.text(),
});

/** XML documents and client certificates are not there: the local org has no DOM and no certificates. */
export const httpRequest: NativeClass = {
  name: 'System.HttpRequest',
  construct: () => new HttpRequestValue(),
  methods,
};
