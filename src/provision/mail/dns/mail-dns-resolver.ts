import { Resolver } from 'node:dns/promises';

/**
 * Asks DNS. Each method rejects as `node:dns` does, with a `code`: `ENOTFOUND` (NXDOMAIN), `ENODATA`, `ESERVFAIL`,
 * `ETIMEOUT` and others, and soon after `signal` aborts.
 */
export interface MailDnsResolver {
  /** One array of character-strings a record (RFC 1035 §3.3.14). */
  resolveTxt(name: string, signal?: AbortSignal): Promise<readonly (readonly string[])[]>;
  resolveCname(name: string, signal?: AbortSignal): Promise<readonly string[]>;
  resolveMx(name: string, signal?: AbortSignal): Promise<readonly MxHost[]>;
}

export interface MxHost {
  /** Empty for the null MX of RFC 7505. */
  exchange: string;
  /** The lowest is tried first. */
  priority: number;
}

/** Milliseconds until a question is asked again, and how often it is asked; c-ares doubles the wait each time. */
const patience = { timeout: 2000, tries: 3 };

/**
 * A resolver on `node:dns/promises`.
 * @param servers addresses, `ip` or `ip:port` (`[ip]:port` for IPv6); without any, those of the system
 * @throws TypeError (ERR_INVALID_IP_ADDRESS) for a server that is no address
 */
export function createResolver(servers: readonly string[] = []): MailDnsResolver {
  const open = (): Resolver => {
    const channel = new Resolver(patience);
    if (servers.length > 0) channel.setServers(servers);
    return channel;
  };
  open();
  // A channel a question: `cancel` ends all questions of a channel, and those of others are none of ours.
  const ask = async <T>(signal: AbortSignal | undefined, question: (channel: Resolver) => Promise<T>): Promise<T> => {
    signal?.throwIfAborted();
    const channel = open();
    const cancel = (): void => channel.cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await question(channel);
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  };
  return {
    resolveTxt: (name, signal) => ask(signal, (channel) => channel.resolveTxt(name)),
    resolveCname: (name, signal) => ask(signal, (channel) => channel.resolveCname(name)),
    resolveMx: (name, signal) => ask(signal, (channel) => channel.resolveMx(name)),
  };
}
