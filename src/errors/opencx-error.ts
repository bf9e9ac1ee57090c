import { errorCodes, type ErrorCode } from './error-codes.ts';

/** What an {@link OpencxError} carries besides its code; texts are for the reader, `details` for programs. */
export interface OpencxErrorInit {
  /** One sentence: what happened and why. Salesforce's own code and message are part of it, never replaced. */
  message: string;
  /** Facts for programs (ids, names, HTTP status). Never a secret: the redactor is a net, not a licence. */
  details?: Record<string, unknown>;
  /** Commands or actions that mend it, most likely first. */
  nextSteps?: readonly string[];
  docsUrl?: string;
  cause?: unknown;
}

/**
 * The one exception of the product. Thrown anywhere, rendered in `terminal/`, turned into an exit code in one place.
 * Expected outcomes (a failed deploy, a failing check) are results, not exceptions.
 */
export class OpencxError extends Error {
  override readonly name = 'OpencxError';
  readonly code: ErrorCode;
  readonly category: string;
  readonly exitCode: number;
  readonly details: Record<string, unknown> | undefined;
  readonly nextSteps: readonly string[];
  readonly docsUrl: string | undefined;

  constructor(code: ErrorCode, init: OpencxErrorInit) {
    super(init.message, init.cause === undefined ? undefined : { cause: init.cause });
    const row = errorCodes[code];
    this.code = code;
    this.category = row.category;
    this.exitCode = row.exitCode;
    this.details = init.details;
    this.nextSteps = init.nextSteps ?? [];
    this.docsUrl = init.docsUrl;
  }
}
