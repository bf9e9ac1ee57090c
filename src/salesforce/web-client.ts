import type { RequestInit, Response } from 'undici';

/** Requests to one host of Salesforce beside the org's own API, by the proxy and the rules of {@link dispatcherFor}. */
export interface WebClient {
  fetch(url: URL, init: RequestInit): Promise<Response>;
  /** Ends every connection, those with an answer under way too. */
  close(): Promise<void>;
}

export type WebAnswer = Response;

/** @param origin the host that all requests go to */
export async function openWebClient(origin: URL): Promise<WebClient> {
  const { fetch } = await import('undici');
  const { dispatcherFor } = await import('./proxy.ts');
  const dispatcher = dispatcherFor(origin);
  return {
    fetch: (url, init) => fetch(url, { ...init, dispatcher }),
    close: () => dispatcher.destroy(),
  };
}
