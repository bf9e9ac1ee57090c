import { ApexBlob } from '../../values/blob.ts';
import type { Value } from '../../values/value.ts';
import { methodsOf, nullArgument, textArgument } from '../native.ts';
import { decodeBody } from './body-text.ts';
import type { HeaderList } from './header-list.ts';

/** What requests and responses have in common. */
type HttpMessage = Value & { readonly headers: HeaderList; body: Uint8Array; text(): string };

/** Methods of `HttpRequest` and `HttpResponse` that are about headers and bodies. */
export const messageMethods = methodsOf<HttpMessage>({
  getbody: (_run, self) => decodeBody(self.body, self.headers.get('Content-Type')),
  getbodyasblob: (_run, self) => new ApexBlob(self.body),
  getheader: (_run, self, args) => self.headers.get(textArgument(args, 0)) ?? null,
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
  tostring: (_run, self) => self.text(),
});
