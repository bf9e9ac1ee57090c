import { BlockList, isIP, isIPv4 } from 'node:net';

import { OpencxError } from '../../errors/opencx-error.ts';
import type { RawHeaders } from '../store/handoff-store.ts';

const forwardedFor = 'X-Forwarded-For';

export interface AllowList {
  /**
   * @param socketAddress of the other end of the connection
   * @returns why the call is not taken, for whoever set it up and not for the caller; undefined if this one may call
   */
  problem(socketAddress: string | undefined, headers: RawHeaders): string | undefined;
}

export interface AllowListOptions {
  /** Addresses and ranges (`192.0.2.7`, `2001:db8::/32`) that may call. */
  readonly allow: readonly string[];
  /**
   * Addresses and ranges of proxies in front. Behind one of them, the caller is the last address of `X-Forwarded-For` that is no
   * such proxy: what is left of that one the caller may have written. Absent: that field is never looked at.
   */
  readonly trustProxy?: readonly string[];
}

/**
 * Who may call the webhook, by address. Salesforce publishes the ranges its calls come from; they change.
 * @throws OpencxError USAGE if a range cannot be read
 */
export function openAllowList({ allow, trustProxy = [] }: AllowListOptions): AllowList {
  const allowed = rangesOf(allow);
  const proxies = rangesOf(trustProxy);
  return {
    problem: (socketAddress, headers) => {
      const caller = callerOf(socketAddress, headers, proxies);
      if (caller === undefined) return `Who called is not known: the last hop of ${forwardedFor} is no address.`;
      if (contains(allowed, caller)) return undefined;
      const isForwarded = caller === plainAddress(socketAddress ?? '') && hopsOf(headers).length > 0;
      const hint = isForwarded ? ' If that is a proxy, name it by --trust-proxy.' : '';
      return `The call came from ${caller}, which is none of --allow-ip.${hint}`;
    },
  };
}

function callerOf(socketAddress: string | undefined, headers: RawHeaders, proxies: BlockList): string | undefined {
  const socket = plainAddress(socketAddress ?? '');
  if (socket === undefined || !contains(proxies, socket)) return socket;
  const hops = hopsOf(headers).map((hop) => plainAddress(hop.trim()));
  // A hop that is no address is no proxy of ours: then nobody knows who called.
  const last = hops.findLastIndex((hop) => hop === undefined || !contains(proxies, hop));
  return last === -1 ? socket : hops[last];
}

function hopsOf(headers: RawHeaders): string[] {
  return headers
    .filter(([name]) => name.toLowerCase() === forwardedFor.toLowerCase())
    .flatMap(([, value]) => value.split(','));
}

function contains(list: BlockList, address: string): boolean {
  return list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}

/** Without zone; what IPv6 sockets write for IPv4 callers (`::ffff:192.0.2.7`) as IPv4, since that is how ranges name them. */
function plainAddress(text: string): string | undefined {
  const [address = ''] = text.split('%', 1);
  const family = isIP(address);
  if (family === 0) return undefined;
  if (family === 4) return address;
  const written = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [, high, low] = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/.exec(written) ?? [];
  if (high === undefined || low === undefined) return written;
  return [high, low]
    .map((group) => Number.parseInt(group, 16))
    .flatMap((group) => [group >> 8, group & 255])
    .join('.');
}

function rangesOf(texts: readonly string[]): BlockList {
  const list = new BlockList();
  for (const text of texts) {
    const [net = '', length, ...more] = text.trim().split('/');
    const address = plainAddress(net);
    const bits = address === undefined ? 0 : isIPv4(address) ? 32 : 128;
    const prefix = length === undefined ? bits : Number(length);
    const isFit = more.length === 0 && (length === undefined || /^\d{1,3}$/.test(length)) && prefix <= bits;
    // A mapped range would mean another length than the one that is written.
    const isMapped = address !== undefined && isIPv4(address) !== isIPv4(net);
    if (address === undefined || !isFit || isMapped) {
      throw new OpencxError('USAGE', {
        message: `${text} is no address or range of addresses.`,
        nextSteps: ['Write it like 192.0.2.7, 192.0.2.0/24 or 2001:db8::/32.'],
      });
    }
    list.addSubnet(address, prefix, isIPv4(address) ? 'ipv4' : 'ipv6');
  }
  return list;
}
