import type { Delivery } from './bayeux.ts';

/** Deliveries kept for a client that does not fetch them; the oldest go first. */
const maximumWaiting = 1000;

/** A client that has shaken hands, until it says goodbye or is not heard of any more. */
export class StreamingClient {
  readonly id: string;
  /** The session it came with. */
  readonly token: string;
  readonly subscriptions = new Set<string>();
  /** Whether it has connected once: the first `/meta/connect` is answered at once. */
  isConnected = false;
  #waiting: Delivery[] = [];
  #release: (() => void) | undefined;
  #expiry: NodeJS.Timeout | undefined;
  readonly #onExpired: () => void;

  constructor(id: string, token: string, onExpired: () => void) {
    this.id = id;
    this.token = token;
    this.#onExpired = onExpired;
  }

  deliver(delivery: Delivery): void {
    this.#waiting.push(delivery);
    if (this.#waiting.length > maximumWaiting) this.#waiting.shift();
    this.#release?.();
  }

  /** What waits for it, once. */
  take(): Delivery[] {
    const taken = this.#waiting;
    this.#waiting = [];
    return taken;
  }

  /**
   * Waits for a delivery, for the time to run out, for another `/meta/connect` of the same client, or for its connection
   * to break.
   */
  async wait(milliseconds: number, gone: AbortSignal): Promise<void> {
    this.#release?.();
    if (this.#waiting.length > 0 || milliseconds <= 0 || gone.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, milliseconds);
    const end = (): void => {
      resolve();
    };
    gone.addEventListener('abort', end, { once: true });
    this.#release = end;
    await promise;
    clearTimeout(timer);
    // By now another request of the client may be the one that waits.
    if (this.#release === end) this.#release = undefined;
  }

  /** It is there: it does not expire as long as it is served. */
  hold(): void {
    clearTimeout(this.#expiry);
  }

  /** It was answered, and has this long to come back. */
  expireAfter(milliseconds: number): void {
    clearTimeout(this.#expiry);
    this.#expiry = setTimeout(this.#onExpired, milliseconds);
    this.#expiry.unref();
  }

  /** Ends it: whoever waits is let go. */
  close(): void {
    clearTimeout(this.#expiry);
    this.#release?.();
  }
}
