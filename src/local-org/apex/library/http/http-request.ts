import { apexError } from '../../values/exception.ts';
import { flagArgument, integerArgument, methodsOf, textArgument } from '../native.ts';
import type { NativeClass } from '../native.ts';
import { HttpRequestValue } from './http-values.ts';
import { messageMethods } from './message-methods.ts';

/** Milliseconds (Apex Developer Guide, "Callout Limits and Limitations"). */
const LONGEST_TIMEOUT = 120_000;

const methods = methodsOf<HttpRequestValue>({
  getcompressed: (_run, self) => self.compressed,
  getendpoint: (_run, self) => self.endpoint,
  getmethod: (_run, self) => self.method,
  setcompressed: (_run, self, args) => {
    self.compressed = flagArgument(args, 0);
    return null;
  },
  setendpoint: (_run, self, args) => {
    self.endpoint = textArgument(args, 0);
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
});

/** XML documents and client certificates are not there: the local org has no DOM and no certificates. */
export const httpRequest: NativeClass = {
  name: 'System.HttpRequest',
  construct: () => new HttpRequestValue(),
  methods: { ...messageMethods, ...methods },
};
