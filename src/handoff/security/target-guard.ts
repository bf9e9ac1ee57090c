import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';

import { OpencxError } from '../../errors/opencx-error.ts';
import type { Resolve, ResolvedAddress } from '../../salesforce/exact-client.ts';
import { addressKind } from './address-ranges.ts';

/** A target that nothing is sent to, whatever it would answer. The message goes on after a host: "is …". */
export class TargetRefused extends Error {
  override readonly name = 'TargetRefused';
}

/**
 * Reads the URL of a far side, as a person gives it.
 * @param given what it was given as, for the error, e.g. `--forward-to`
 * @throws OpencxError USAGE
 */
export function checkTargetUrl(text: string, given: string): URL {
  const url = URL.parse(text.trim());
  if (url === null) throw unfit(given, 'is not a URL; give it whole, e.g. http://127.0.0.1:3000/webhooks.');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw unfit(given, `starts with ${url.protocol}; events go to http:// and https:// alone.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw unfit(given, 'carries a user name or password; a URL is no place for them.');
  }
  url.hash = '';
  return url;
}

/** Host and port of a URL: what a person names with it. */
export function targetKey(url: URL): string {
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return `${url.hostname}:${port}`;
}

/**
 * Looks at a URL before anything is resolved.
 * @param named whether a person named this host and port
 * @throws TargetRefused
 */
export function guardUrl(url: URL, named: boolean): void {
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new TargetRefused(`is not called by ${url.protocol}`);
  if (url.username !== '' || url.password !== '') throw new TargetRefused('is called without a user name or password');
  const literal = url.hostname.replace(/^\[(.*)\]$/, '$1');
  if (named || isIP(literal) === 0) return;
  const kind = addressKind(literal);
  if (kind !== 'public') throw new TargetRefused(whyRefused(kind, literal));
}

/**
 * Resolves a host and looks at what comes out, once: the connection is made to the very addresses that were looked at, so that a
 * name which changes its address in between (DNS rebinding) gains nothing. Of a named host private addresses are taken; addresses
 * of metadata services and the like never, as nobody names a host for them.
 */
export function guardedResolve(named: boolean, resolve: Resolve = systemResolve): Resolve {
  return async (host) => {
    const addresses = await resolve(host);
    for (const { address } of addresses) {
      const kind = addressKind(address);
      if (kind === 'special' || (kind === 'private' && !named)) throw new TargetRefused(whyRefused(kind, address));
    }
    return addresses;
  };
}

async function systemResolve(host: string): Promise<ResolvedAddress[]> {
  return await lookup(host, { all: true });
}

function whyRefused(kind: 'private' | 'special', address: string): string {
  return kind === 'private'
    ? `is ${address}, an address of this machine or its networks, which was not named on the command line`
    : `is ${address}, an address that no far side has`;
}

function unfit(given: string, why: string): OpencxError {
  return new OpencxError('USAGE', { message: `The URL of ${given} ${why}` });
}
