/** What is taken from whom how fast. Sizes in bytes, times in milliseconds. */
export interface HttpLimits {
  /** Apex sends at most 6 MB. */
  readonly maxBodyBytes: number;
  /** Of a request to the API: handoffs carry files. */
  readonly maxApiBodyBytes: number;
  /** Of all header fields together. */
  readonly maxHeaderBytes: number;
  readonly maxHeaders: number;
  /** Levels of objects and arrays in a body. */
  readonly maxJsonDepth: number;
  /** Connections at a time, at each address. */
  readonly maxConnections: number;
  /** Until the head of a request is there. */
  readonly headersTimeoutMs: number;
  /** Until the whole request is there. */
  readonly requestTimeoutMs: number;
  /** Webhooks a second in the long run, and at once. */
  readonly webhooks: RateLimit;
  /** Requests for what is not there, guesses of the token among them: counted apart, so that they keep no webhook out. */
  readonly misses: RateLimit;
}

export interface RateLimit {
  readonly perSecond: number;
  readonly burst: number;
}

export const defaultHttpLimits: HttpLimits = {
  maxBodyBytes: 6 * 1024 * 1024,
  maxApiBodyBytes: 25 * 1024 * 1024,
  maxHeaderBytes: 16 * 1024,
  maxHeaders: 100,
  maxJsonDepth: 64,
  maxConnections: 256,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  webhooks: { perSecond: 5000, burst: 10_000 },
  misses: { perSecond: 10, burst: 50 },
};
