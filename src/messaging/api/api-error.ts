import type { ErrorCode } from '../../errors/error-codes.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import { withoutSecrets } from '../../salesforce/auth/without-secrets.ts';
import { errorBodySchema } from './schemas.ts';

/** A refused request as it was answered. */
export interface Refusal {
  readonly status: number;
  readonly body: string;
  readonly retryAfter: string | null;
  /** As it continues "while …". */
  readonly doing: string;
  readonly host: string;
  /** Tokens of the request; none of them stays in the error. */
  readonly secrets: readonly string[];
  readonly nextSteps: readonly string[];
}

/**
 * The error of a request that the org refused: its status, code and message, and how long it asks to wait.
 * @param now milliseconds since 1970, for a `Retry-After` that is a date
 */
export function apiError(refusal: Refusal, now: number): OpencxError {
  const { status, doing, host, secrets } = refusal;
  const html = status < 300 || /^\s*<(?:!doctype|html|\?xml)/i.test(refusal.body);
  const said = html ? {} : whatWasSaid(refusal.body);
  const code = said.code === undefined ? undefined : withoutSecrets(said.code, secrets);
  const message = said.message === undefined ? undefined : withoutSecrets(said.message, secrets);
  const waitMs = retryAfterMs(refusal.retryAfter, now);
  const words = [code, message].filter((part) => part !== undefined && part !== '').join(': ');
  const what = html ? ' with a web page in the place of the API' : words === '' ? ' without a word' : `: ${words}`;
  return new OpencxError(html ? 'ORG_UNEXPECTED_ANSWER' : codeFor(status), {
    message: `${host} answered HTTP ${status} while ${doing}${what}`,
    details: {
      httpStatus: status,
      ...(code === undefined ? {} : { salesforceErrorCode: code }),
      ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
    },
    nextSteps: [...refusal.nextSteps, ...(stepsFor[status] ?? [])],
  });
}

/** HTTP status of a refused request; undefined for errors of another kind. */
export function httpStatusOf(error: unknown): number | undefined {
  const status = error instanceof OpencxError ? error.details?.['httpStatus'] : undefined;
  return typeof status === 'number' ? status : undefined;
}

/** How long the org asks to wait, in milliseconds. */
export function askedWaitMs(error: unknown): number | undefined {
  const wait = error instanceof OpencxError ? error.details?.['retryAfterMs'] : undefined;
  return typeof wait === 'number' ? wait : undefined;
}

/** Whether the request may have been carried out although no good answer came: the network's failures and those of the server. */
export function isAnswerLost(error: unknown): boolean {
  if (!(error instanceof OpencxError)) return false;
  const status = httpStatusOf(error);
  return status === undefined ? error.code === 'NETWORK' : status >= 500;
}

const stepsFor: Readonly<Record<number, readonly string[]>> = {
  403: ['A conversation belongs to the identity that created it: use that one (the same subject).'],
  429: ['Salesforce limits tokens, conversations and messages: wait, then go on more slowly.'],
};

function codeFor(status: number): ErrorCode {
  if (status === 401) return 'AUTH_FAILED';
  if (status === 403) return 'PERMISSION_DENIED';
  return status >= 400 ? 'ORG_REFUSED' : 'ORG_UNEXPECTED_ANSWER';
}

/** The members seen in errors, or the body itself where it is plain text (`Jwt is expired`). */
function whatWasSaid(body: string): { code?: string; message?: string } {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { message: body };
  }
  const read = errorBodySchema.safeParse(Array.isArray(value) ? value[0] : value);
  if (!read.success) return { message: body };
  const { message, error, errorCode, code } = read.data;
  const name = error ?? errorCode ?? code;
  if (name === undefined && message === undefined) return { message: body };
  return { ...(name === undefined ? {} : { code: name }), ...(message === undefined ? {} : { message }) };
}

/** `Retry-After` is seconds or a date (RFC 9110, 10.2.3). Whether Salesforce sends it is not confirmed. */
function retryAfterMs(header: string | null, now: number): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
