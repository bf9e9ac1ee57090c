import { setDefaults, setDispatcher } from 'jsforce/lib/request.js';

import { dispatcherFor } from './proxy.ts';

let applied = false;

/**
 * Makes jsforce's transport ours: no hidden retries (a status poll must see the first 503, not wait 16 seconds), a time-out
 * a person would choose, and a proxy that honours NO_PROXY. jsforce reads the proxy variables itself, never looks at NO_PROXY
 * and prefers them over any dispatcher, so its own proxy setting is emptied here.
 * To be called once jsforce is loaded: loading it sets its own defaults over whatever was there.
 * @param instanceUrl of the org; jsforce has one dispatcher for all of its connections
 */
export function useOurTransport(instanceUrl: string): void {
  if (applied) return;
  applied = true;
  setDefaults({ followRedirect: true, timeout: 120_000, retry: { maxRetries: 0, methods: [] } });
  setDispatcher(dispatcherFor(new URL(instanceUrl)));
}
