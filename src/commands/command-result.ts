import type { OpencxError } from '../errors/opencx-error.ts';
import type { EnvelopeStatus } from '../terminal/envelope.ts';

/** What a handler gives back: data for `--json`, a text for people, and how the process ends. */
export interface CommandResult<T = unknown> {
  status: EnvelopeStatus;
  exitCode: number;
  /** The `result` of the JSON document. */
  result: T;
  warnings: readonly string[];
  /** Further documents came before this one: `--json` prints each on a line of its own (NDJSON). */
  streamed?: true;
  /** The text for stdout; empty for none. */
  text: string;
  /** Why it is not `ok`, where that is an expected end. */
  error?: OpencxError;
}
