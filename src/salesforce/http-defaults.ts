import { setDefaults, setDispatcher } from 'jsforce/lib/request.js';
import type { Dispatcher } from 'undici';

import { dispatcherFor } from './proxy.ts';

let dispatcher: Dispatcher | undefined;

/**
 * Makes jsforce's transport ours: no hidden retries (a status poll must see the first 503, not wait 16 seconds), a time-out
 * a person would choose, and a proxy that honours NO_PROXY. jsforce reads the proxy variables itself, never looks at NO_PROXY
 * and prefers them over any dispatcher, so its own proxy setting is emptied here.
 * To be called once jsforce is loaded: loading it sets its own defaults over whatever was there.
 * @param instanceUrl of the org; jsforce has one dispatcher for all of its connections
 */
export function useOurTransport(instanceUrl: string): void {
  if (dispatcher !== undefined) return;
  dispatcher = dispatcherFor(new URL(instanceUrl));
  setDefaults({ followRedirect: true, timeout: 120_000, retry: { maxRetries: 0, methods: [] } });
  setDispatcher(dispatcher);
}

/**
 * Ends every connection to the org, to be called when a command has ended: a request that still hangs (after Ctrl-C) would
 * keep the process alive until the org answers.
 */
export async function closeTransport(): Promise<void> {
  await dispatcher?.destroy();
}
