/** How deliveries are made. Times in milliseconds. */
export interface DeliveryPace {
  /** Before the second attempt, before the third, and so on: one attempt more than there are delays. */
  readonly delaysMs: readonly number[];
  /** The longest `Retry-After` that is followed. */
  readonly longestRetryAfterMs: number;
  /** Until the whole response is there. */
  readonly timeoutMs: number;
  /** Deliveries under way at a time. */
  readonly parallel: number;
  /** How long a delivery stays this process's own without a sign of life. */
  readonly leaseMs: number;
  /** How often the store is asked for what other processes put there. */
  readonly pollMs: number;
  /** How long running deliveries may go on at the end. */
  readonly drainMs: number;
}

export const defaultDeliveryPace: DeliveryPace = {
  delaysMs: [5000, 30_000],
  longestRetryAfterMs: 600_000,
  timeoutMs: 30_000,
  parallel: 16,
  leaseMs: 30_000,
  pollMs: 500,
  drainMs: 5000,
};
