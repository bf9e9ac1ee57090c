import type { z } from 'zod';

import type { ErrorCode } from '../../errors/error-codes.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import { withoutSecrets } from '../../salesforce/auth/without-secrets.ts';
import { orgFailure } from '../../salesforce/org-errors.ts';
import { errorSchema } from './opencx-schemas.ts';

interface Refused {
  readonly status: number;
  readonly text: string;
  /** As it continues "while …". */
  readonly doing: string;
  readonly base: URL;
  readonly apiKey: string;
}

/** The error of a request that OpenCX refused, in its own words: `{statusCode, message, error}`. */
export function opencxError({ status, text, doing, base, apiKey }: Refused): OpencxError {
  const said = withoutSecrets(wordsOf(text), [apiKey]);
  return new OpencxError(codeOf(status), {
    message: `${base.host} answered HTTP ${status} while ${doing}${said === '' ? ' without a word' : `: ${said}`}`,
    details: { httpStatus: status },
    nextSteps: stepsFor[status] ?? [],
  });
}

/** The error of a request without an answer. */
export function unreached(error: unknown, { host }: URL, doing: string): OpencxError {
  if (error instanceof OpencxError) return error;
  const { code, message } = orgFailure(error);
  return new OpencxError('NETWORK', {
    message: `${host} gave no answer while ${doing}: ${code}: ${message}`,
    nextSteps: ['Check the network, HTTPS_PROXY and NO_PROXY.'],
    cause: error,
  });
}

/** Names the members that do not fit, never their values. */
export function unexpectedAnswer({ issues }: z.ZodError, doing: string): OpencxError {
  const members = issues.slice(0, 3).map(({ path, message }) => `${path.join('.') || 'the answer'}: ${message}`);
  return new OpencxError('ORG_UNEXPECTED_ANSWER', {
    message: `The answer while ${doing} is not what OpenCX's API answers: ${members.join('; ')}`,
    nextSteps: ['Check the URL of the API, and any proxy in between.'],
  });
}

const stepsFor: Readonly<Record<number, readonly string[]>> = {
  401: ['Check the API key: OpenCX → Settings → Access.'],
  403: ['Give the API key the scope that is asked for: OpenCX → Settings → Access.'],
  429: ['Wait, then ask again.'],
};

function codeOf(status: number): ErrorCode {
  if (status === 401) return 'AUTH_FAILED';
  if (status === 403) return 'PERMISSION_DENIED';
  return status >= 400 ? 'ORG_REFUSED' : 'ORG_UNEXPECTED_ANSWER';
}

function wordsOf(text: string): string {
  if (/^\s*<(?:!doctype|html|\?xml)/i.test(text)) return 'a web page, and not the API';
  const read = errorSchema.safeParse(jsonOrText(text));
  if (!read.success) return text;
  const { message, error } = read.data;
  const words = Array.isArray(message) ? message.join('; ') : message;
  return [error, words].filter((part) => part !== undefined && part !== '').join(': ');
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}
