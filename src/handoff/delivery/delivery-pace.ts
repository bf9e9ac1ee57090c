/** How deliveries are made. Times in milliseconds. */
export interface DeliveryPace {
  /** Before the second attempt, before the third, and so on: one attempt more than there are delays. */
  readonly delaysMs: readonly number[];
  /** Between attempts to reach a far side that is down, of which none counts; the last one goes on for as long as it is down. */
  readonly outageDelaysMs: readonly number[];
  /** Since an event was received: afterwards it no longer waits for a far side that is down, but is dead. */
  readonly giveUpAfterMs: number;
  /** The longest `Retry-After` that is followed. */
  readonly longestRetryAfterMs: number;
  /** Until the whole response is there. */
  readonly timeoutMs: number;
  /** Deliveries under way at a time. */
  readonly parallel: number;
  /** The same while so many webhooks as `busyFrom` wait for their answer: Salesforce must not wait for far sides. */
  readonly parallelWhileBusy: number;
  readonly busyFrom: number;
  /** How long a delivery stays this process's own without a sign of life. */
  readonly leaseMs: number;
  /** How often the store is asked for what other processes put there. */
  readonly pollMs: number;
  /** How long running deliveries may go on at the end. */
  readonly drainMs: number;
}

export const defaultDeliveryPace: DeliveryPace = {
  delaysMs: [5000, 30_000],
  outageDelaysMs: [1000, 2000, 5000, 10_000, 30_000, 60_000],
  giveUpAfterMs: 86_400_000,
  longestRetryAfterMs: 600_000,
  timeoutMs: 30_000,
  parallel: 16,
  parallelWhileBusy: 1,
  busyFrom: 8,
  leaseMs: 30_000,
  pollMs: 500,
  drainMs: 5000,
};
