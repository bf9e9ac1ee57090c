import type { LookupFunction } from 'node:net';

import { Agent, EnvHttpProxyAgent, type Dispatcher } from 'undici';

import { isLoopback } from './auth/org-url.ts';

/**
 * What carries requests to a host: the proxy that HTTPS_PROXY or HTTP_PROXY names unless NO_PROXY excepts the host. This
 * machine's loopback is never proxied: a proxy elsewhere cannot reach it, whatever the variables say.
 * @param connect how addresses are found for connections that go to the host itself
 */
export function dispatcherFor(url: URL, connect?: { readonly lookup: LookupFunction }): Dispatcher {
  const options = { allowH2: false, keepAliveTimeout: 10_000, ...(connect === undefined ? {} : { connect }) };
  return isLoopback(url) ? new Agent(options) : new EnvHttpProxyAgent(options);
}
