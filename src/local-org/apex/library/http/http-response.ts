import { primitives } from '../../types/type.ts';
import { ApexList } from '../../values/collections/list.ts';
import { integerArgument, methodsOf, textArgument } from '../native.ts';
import type { NativeClass } from '../native.ts';
import { HttpResponseValue } from './http-values.ts';
import { messageMethods } from './message-methods.ts';

const methods = methodsOf<HttpResponseValue>({
  getheaderkeys: (_run, self) => ApexList.of(primitives.String, [...self.headers.names]),
  getstatus: (_run, self) => self.status,
  getstatuscode: (_run, self) => self.statusCode,
  setstatus: (_run, self, args) => {
    self.status = textArgument(args, 0);
    return null;
  },
  setstatuscode: (_run, self, args) => {
    self.statusCode = integerArgument(args, 0);
    return null;
  },
});

/** `getBodyDocument` and `getXmlStreamReader` are not there: the local org has no DOM. */
export const httpResponse: NativeClass = {
  name: 'System.HttpResponse',
  construct: () => new HttpResponseValue(),
  methods: { ...messageMethods, ...methods },
};
