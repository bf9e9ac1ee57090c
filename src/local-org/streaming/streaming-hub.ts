import { randomBytes } from 'node:crypto';

import type { OrgState } from '../state/org-state.ts';
import { StreamingClient } from './streaming-client.ts';

/** Concurrent clients of a Developer Edition (Streaming API Developer Guide, "Streaming API Limits"). */
const maximumClients = 20;

/** The streaming clients of an org. They live in memory: after a restart each has to shake hands again. */
export class StreamingHub {
  readonly #clients = new Map<string, StreamingClient>();

  /** @returns undefined if the org has as many clients as it may */
  open(token: string): StreamingClient | undefined {
    if (this.#clients.size >= maximumClients) return undefined;
    const id = randomBytes(16).toString('hex');
    const client = new StreamingClient(id, token, () => {
      this.close(id);
    });
    this.#clients.set(id, client);
    return client;
  }

  /** The client of an id and the session it came with; nobody else's session may speak for it. */
  find(id: string | undefined, token: string): StreamingClient | undefined {
    const client = this.#clients.get(id ?? '');
    return client?.token === token ? client : undefined;
  }

  close(id: string): void {
    this.#clients.get(id)?.close();
    this.#clients.delete(id);
  }

  publish(channel: string, data: unknown): void {
    for (const client of this.#clients.values()) {
      if (client.subscriptions.has(channel)) client.deliver({ channel, data });
    }
  }
}

const hubs = new WeakMap<OrgState, StreamingHub>();

export function streamingHubOf(org: OrgState): StreamingHub {
  let hub = hubs.get(org);
  if (hub === undefined) {
    hub = new StreamingHub();
    hubs.set(org, hub);
  }
  return hub;
}

/** Sends data to all who have subscribed to a channel. */
export function publish(org: OrgState, channel: string, data: unknown): void {
  streamingHubOf(org).publish(channel, data);
}
