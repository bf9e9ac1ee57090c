import { apexError } from '../../values/exception.ts';

/** A URL in the parts java.net.URL knows. */
export interface UrlParts {
  readonly protocol: string;
  readonly authority: string;
  readonly userInfo: string | null;
  readonly host: string;
  /** -1 where the URL names none. */
  readonly port: number;
  readonly path: string;
  /** Without the question mark; null where there is none, as with the fragment `ref`. */
  readonly query: string | null;
  readonly ref: string | null;
}

/** @throws ApexThrown System.StringException with the text of Java's MalformedURLException */
export function parseUrl(spec: string): UrlParts {
  const [, protocol, rest = ''] = /^\s*([A-Za-z][A-Za-z0-9+.-]*):([\s\S]*?)\s*$/.exec(spec) ?? [];
  if (protocol === undefined) throw apexError('System.StringException', `no protocol: ${spec}`);
  const [, authority = '', path = '', query = null, ref = null] =
    /^(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#([\s\S]*))?$/.exec(rest) ?? [];
  return { protocol: protocol.toLowerCase(), ...authorityParts(authority, spec), path, query, ref };
}

function authorityParts(authority: string, spec: string): Pick<UrlParts, 'authority' | 'userInfo' | 'host' | 'port'> {
  const [, userInfo = null, host = '', port = ''] = /^(?:([^@]*)@)?(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(authority) ?? [];
  if (!/^\d*$/.test(port)) throw apexError('System.StringException', `For input string: "${port}" in ${spec}`);
  return { authority, userInfo, host, port: port === '' ? -1 : Number(port) };
}

/** A URL as it is seen from another one (RFC 3986, section 5.2). */
export function resolveUrl(context: UrlParts, spec: string): UrlParts {
  if (/^\s*[A-Za-z][A-Za-z0-9+.-]*:/.test(spec)) return parseUrl(spec);
  const relative = parseUrl(`${context.protocol}:${spec.trim()}`);
  if (spec.trim().startsWith('//')) return relative;
  const whole = { ...context, query: relative.query, ref: relative.ref };
  if (relative.path === '') return { ...whole, query: relative.query ?? context.query };
  const path = relative.path.startsWith('/')
    ? relative.path
    : context.path.slice(0, context.path.lastIndexOf('/') + 1) + relative.path;
  return { ...whole, path: withoutDots(context.authority !== '' && !path.startsWith('/') ? `/${path}` : path) };
}

function withoutDots(path: string): string {
  const kept: string[] = [];
  const segments = path.split('/');
  for (const [index, segment] of segments.entries()) {
    if (segment === '..' && kept.length > 1) kept.pop();
    else if (segment !== '.' && segment !== '..') kept.push(segment);
    if (index === segments.length - 1 && (segment === '.' || segment === '..')) kept.push('');
  }
  return kept.join('/');
}

/** The URL as text. */
export function externalForm({ protocol, authority, path, query, ref }: UrlParts): string {
  const place = authority === '' ? '' : `//${authority}`;
  return `${protocol}:${place}${path}${query === null ? '' : `?${query}`}${ref === null ? '' : `#${ref}`}`;
}
