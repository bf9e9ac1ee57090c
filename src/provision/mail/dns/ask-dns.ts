import type { MailDnsResolver, MxHost } from './mail-dns-resolver.ts';

/** What DNS says of one name: `none` is both NXDOMAIN and NODATA, `unreachable` that nobody knows. */
export type DnsAnswer<T> =
  | { kind: 'found'; values: readonly T[] }
  | { kind: 'none' }
  | { kind: 'unreachable'; why: string };

/** Questions to DNS that never fail but by the caller's wish to stop; each is asked once. */
export interface AskDns {
  /** Texts of the TXT records, their strings joined without anything between them (RFC 7208 §3.3). */
  txt(name: string): Promise<DnsAnswer<string>>;
  cname(name: string): Promise<DnsAnswer<string>>;
  mx(name: string): Promise<DnsAnswer<MxHost>>;
}

/** Node's codes for NXDOMAIN and NODATA, and for a name that cannot be in DNS at all. */
const noneCodes: ReadonlySet<unknown> = new Set(['ENOTFOUND', 'ENODATA', 'EBADNAME']);

/**
 * @param timeoutMs milliseconds for all questions together, from now on; what has no answer by then is unreachable
 * @param signal makes the questions reject with its reason
 */
export function askDns(resolver: MailDnsResolver, timeoutMs: number, signal: AbortSignal | undefined): AskDns {
  const deadline = AbortSignal.timeout(timeoutMs);
  const both = signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
  const asked = new Map<string, Promise<DnsAnswer<unknown>>>();

  const answer = async <T>(question: () => Promise<readonly T[]>): Promise<DnsAnswer<T>> => {
    try {
      const values = await question();
      return values.length === 0 ? { kind: 'none' } : { kind: 'found', values };
    } catch (error) {
      signal?.throwIfAborted();
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (noneCodes.has(code)) return { kind: 'none' };
      const late = deadline.aborted || code === 'ETIMEOUT';
      return { kind: 'unreachable', why: late ? 'no answer in time' : String(code ?? error) };
    }
  };
  const once = <T>(key: string, question: () => Promise<readonly T[]>): Promise<DnsAnswer<T>> => {
    const known = asked.get(key) as Promise<DnsAnswer<T>> | undefined;
    const answered = known ?? answer(question);
    asked.set(key, answered);
    return answered;
  };
  return {
    txt: (name) =>
      once(`TXT ${name}`, async () => (await resolver.resolveTxt(name, both)).map((strings) => strings.join(''))),
    cname: (name) => once(`CNAME ${name}`, () => resolver.resolveCname(name, both)),
    mx: (name) => once(`MX ${name}`, () => resolver.resolveMx(name, both)),
  };
}
