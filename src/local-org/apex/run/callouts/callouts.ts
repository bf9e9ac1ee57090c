import type { Run } from '../run.ts';
import type { TestState } from '../test-state.ts';

/** One header, its name as it was written. */
export type HeaderLine = readonly [name: string, value: string];

/** A request on its way out: plain data, the same each time the same Apex runs. */
export interface CalloutRequest {
  readonly method: string;
  /** Absolute http or https URL; named credentials are resolved already. */
  readonly url: string;
  readonly headers: readonly HeaderLine[];
  readonly body: Uint8Array;
  /** Milliseconds until the answer has to be there. */
  readonly timeoutMs: number;
  /** Bytes the answer's body may have: 6 MB, 12 MB in asynchronous Apex. */
  readonly maxResponseBytes: number;
}

export interface CalloutResponse {
  readonly statusCode: number;
  /** The reason phrase, `OK`; empty where the server sent none. */
  readonly status: string;
  readonly headers: readonly HeaderLine[];
  readonly body: Uint8Array;
}

/** No answer came: the message of the System.CalloutException. */
export interface CalloutFailure {
  readonly failure: string;
}

export type CalloutResult = CalloutResponse | CalloutFailure;

/** Where callouts of a transaction go. */
export interface CalloutPort {
  send(request: CalloutRequest): CalloutResult;
}

/** What a transaction has that may call out. */
export interface CalloutCapable {
  /** Undefined where nothing may leave the process. */
  readonly callouts?: CalloutPort | undefined;
  /** Why this transaction may not call out, as the exception says it: a future method without `callout=true`. */
  readonly calloutRefusal?: string | undefined;
  /** Set while a trigger runs. */
  readonly trigger?: unknown;
  /** Holds the mock of `Test.setMock` as `httpcalloutmock`. */
  readonly test?: TestState | undefined;
  /** Running methods, the innermost last. */
  readonly frames?: readonly { readonly line: number }[];
}

/** A transaction as one that may call out. */
export function calloutsOf(run: Run): CalloutCapable {
  return run as Run & CalloutCapable;
}
