import { primitives } from '../../types/type.ts';
import { ApexBlob } from '../../values/blob.ts';
import { ApexList } from '../../values/collections/list.ts';
import { integerArgument, methodsOf, nullArgument, textArgument } from '../native.ts';
import type { NativeClass } from '../native.ts';
import { decodeBody } from './body-text.ts';
import { HttpResponseValue } from './http-values.ts';

const methods = methodsOf<HttpResponseValue>({
  getbody: (_run, self) => decodeBody(self.body, self.headers.get('Content-Type')),
  getbodyasblob: (_run, self) => new ApexBlob(self.body),
  getheader: (_run, self, args) => self.headers.get(textArgument(args, 0)) ?? null,
  getheaderkeys: (_run, self) => ApexList.of(primitives.String, [...self.headers.names]),
  getstatus: (_run, self) => self.status,
  getstatuscode: (_run, self) => self.statusCode,
  setbody: (_run, self, args) => {
    self.body = new TextEncoder().encode(textArgument(args, 0));
    return null;
  },
  setbodyasblob: (_run, self, [body]) => {
    if (!(body instanceof ApexBlob)) throw nullArgument();
    self.body = body.bytes;
    return null;
  },
  setheader: (_run, self, args) => {
    self.headers.set(textArgument(args, 0), textArgument(args, 1));
    return null;
  },
  setstatus: (_run, self, args) => {
    self.status = textArgument(args, 0);
    return null;
  },
  setstatuscode: (_run, self, args) => {
    self.statusCode = integerArgument(args, 0);
    return null;
  },
  tostring: (_run, self) => self.text(),
});

/** `getBodyDocument` and `getXmlStreamReader` are not there: the local org has no DOM. */
export const httpResponse: NativeClass = {
  name: 'System.HttpResponse',
  construct: () => new HttpResponseValue(),
  methods,
};
