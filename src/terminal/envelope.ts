import { OpencxError } from '../errors/opencx-error.ts';

export type EnvelopeStatus = 'ok' | 'error' | 'pending' | 'partial';

/** The one document that `--json` prints, on success and on failure. */
export interface Envelope {
  schemaVersion: 1;
  status: EnvelopeStatus;
  result: unknown;
  warnings: readonly string[];
  error?: EnvelopeError;
}

export interface EnvelopeError {
  code: string;
  category: string;
  message: string;
  details?: Record<string, unknown>;
  nextSteps: readonly string[];
  docsUrl?: string;
}

/** An error as it stands in the envelope. Anything that is not an {@link OpencxError} is a bug and says so. */
export function envelopeError(error: unknown): EnvelopeError {
  const known = asOpencxError(error);
  return {
    code: known.code,
    category: known.category,
    message: known.message,
    ...(known.details === undefined ? {} : { details: known.details }),
    nextSteps: known.nextSteps,
    ...(known.docsUrl === undefined ? {} : { docsUrl: known.docsUrl }),
  };
}

/** Turns whatever was thrown into an {@link OpencxError}, keeping it as the cause. */
export function asOpencxError(error: unknown): OpencxError {
  if (error instanceof OpencxError) return error;
  const text = error instanceof Error ? error.message : String(error);
  return new OpencxError('INTERNAL', {
    message: `opencx-sf met an error it does not know: ${text}`,
    nextSteps: ['Run the command again with --debug and report what it prints: this is a bug in opencx-sf.'],
    cause: error,
  });
}
