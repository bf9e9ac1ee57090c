import type { ProblemJson } from './schema/answers.ts';

/** Every problem that the API answers with: its status, and a title that is always the same (RFC 9457, 3.1). */
const problems = {
  'invalid-request': { status: 400, title: 'The request does not fit the API' },
  unauthorized: { status: 401, title: 'The token is missing or wrong' },
  'foreign-origin': { status: 403, title: 'A web page of another origin may not ask this' },
  'read-only': { status: 403, title: 'Nothing is written' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'unknown-session': { status: 404, title: 'There is no such session' },
  'method-not-allowed': { status: 405, title: 'The method is not allowed here' },
  'session-resolved': { status: 409, title: 'The session is resolved' },
  'session-failed': { status: 409, title: 'The handoff of the session failed' },
  'other-channel': { status: 409, title: 'The session has another channel' },
  'ai-paused': { status: 409, title: 'The AI is paused' },
  'too-large': { status: 413, title: 'The body is too large' },
  'unsupported-body': { status: 415, title: 'The body is not JSON in UTF-8' },
  'key-reused': { status: 422, title: 'The same key came with another body' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  bug: { status: 500, title: 'The request could not be processed' },
  'not-connected': { status: 503, title: 'Salesforce is not connected' },
  'store-failing': { status: 503, title: 'The store cannot be used at the moment' },
  'too-many-followers': { status: 503, title: 'Too many event streams are open' },
} as const;
export type ProblemType = keyof typeof problems;

/** Statuses that the API answers with beside those of success. */
export type ProblemStatus = (typeof problems)[ProblemType]['status'];

export type UnfitPart = NonNullable<ProblemJson['errors']>[number];

interface ProblemDetails {
  /** Names what does not fit; no value of it is in there. */
  readonly errors?: readonly UnfitPart[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown wherever a request turns out not to be taken; its message is told to whoever asks. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly type: ProblemType;
  readonly details: ProblemDetails;

  constructor(type: ProblemType, detail: string, details: ProblemDetails = {}) {
    super(detail);
    this.type = type;
    this.details = details;
  }

  get status(): ProblemStatus {
    return problems[this.type].status;
  }
}

export function problemResponse({ type, message, details: { errors, headers } }: ApiProblem): Response {
  const { status, title } = problems[type];
  const body: ProblemJson = {
    type: `urn:opencx-sf:problem:${type}`,
    title,
    status,
    detail: message,
    ...(errors === undefined ? {} : { errors: [...errors] }),
  };
  return Response.json(body, { status, headers: { ...headers, 'content-type': 'application/problem+json' } });
}
