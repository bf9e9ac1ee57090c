import { platformType } from '../../platform/platform.ts';
import type { Run } from '../../run/run.ts';
import { apexError } from '../../values/exception.ts';
import type { Value } from '../../values/value.ts';
import { SelfDescribing } from '../../values/self-describing.ts';
import type { NativeClass } from '../native.ts';
import { integerArgument, methodsOf, nullArgument, textArgument } from '../native.ts';
import { externalForm, parseUrl, resolveUrl } from './url-parts.ts';
import type { UrlParts } from './url-parts.ts';

/** A `System.Url`. */
export class UrlValue extends SelfDescribing {
  readonly type = platformType('System.Url');
  readonly parts: UrlParts;

  constructor(parts: UrlParts) {
    super();
    this.parts = parts;
  }

  override text(): string {
    return externalForm(this.parts);
  }
}

/**
 * `System.Url`. `getCurrentRequestUrl` and `getFileFieldURL` are missing: transactions do not know the request they serve,
 * and the org serves no files of fields.
 */
export const urlClass: NativeClass = {
  name: 'System.Url',
  construct: (_run, args) => new UrlValue(constructed(args)),
  statics: {
    getorgdomainurl: (run) => baseUrl(run),
    getsalesforcebaseurl: (run) => baseUrl(run),
  },
  methods: methodsOf<UrlValue>({
    getauthority: (_run, { parts }) => parts.authority,
    getdefaultport: (_run, { parts }) => defaultPorts[parts.protocol] ?? -1,
    getfile: (_run, { parts }) => fileOf(parts),
    gethost: (_run, { parts }) => parts.host,
    getpath: (_run, { parts }) => parts.path,
    getport: (_run, { parts }) => parts.port,
    getprotocol: (_run, { parts }) => parts.protocol,
    getquery: (_run, { parts }) => parts.query,
    getref: (_run, { parts }) => parts.ref,
    getuserinfo: (_run, { parts }) => parts.userInfo,
    samefile: (_run, self, [other]) => {
      if (!(other instanceof UrlValue)) throw nullArgument();
      return externalForm({ ...self.parts, ref: null }) === externalForm({ ...other.parts, ref: null });
    },
    toexternalform: (_run, { parts }) => externalForm(parts),
    tostring: (_run, { parts }) => externalForm(parts),
  }),
};

const defaultPorts: Readonly<Record<string, number>> = { ftp: 21, http: 80, https: 443 };

function baseUrl(run: Run): UrlValue {
  return new UrlValue(parseUrl(run.org.baseUrl()));
}

/** The four constructors: `(spec)`, `(context, spec)`, `(protocol, host, file)`, `(protocol, host, port, file)`. */
function constructed(args: readonly Value[]): UrlParts {
  if (args.length === 1) return parseUrl(textArgument(args, 0));
  const [context] = args;
  if (args.length === 2) {
    const spec = textArgument(args, 1);
    return context instanceof UrlValue ? resolveUrl(context.parts, spec) : parseUrl(spec);
  }
  const port = args.length === 4 ? integerArgument(args, 2) : -1;
  if (port < -1) throw apexError('System.StringException', `Invalid port number :${port}`);
  const host = textArgument(args, 1);
  const file = textArgument(args, args.length - 1);
  return parseUrl(`${textArgument(args, 0)}://${host}${port < 0 ? '' : `:${port}`}${file}`);
}

function fileOf({ path, query }: UrlParts): string {
  return query === null ? path : `${path}?${query}`;
}
