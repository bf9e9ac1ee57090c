import type { ContentfulStatusCode } from 'hono/utils/http-status';

/**
 * An error of the SCRT2 host: `{"error": "BAD_REQUEST", "message": …}`. Clients report a code and `message`; whether there
 * are more members is not confirmed.
 */
export class ScrtError extends Error {
  override readonly name = 'ScrtError';
  readonly status: ContentfulStatusCode;
  readonly code: string;
  /** Of a 429: after how many seconds to come again, where it says so. */
  readonly retryAfterSeconds: number | undefined;

  constructor(status: ContentfulStatusCode, code: string, message: string, retryAfterSeconds?: number) {
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** What the gateway before the host says of a token, as plain text (reported: "Jwt is expired"). */
export class GatewayRefusal extends Error {
  override readonly name = 'GatewayRefusal';
}

export function badRequest(message: string): ScrtError {
  return new ScrtError(400, 'BAD_REQUEST', message);
}

export function forbidden(message: string): ScrtError {
  return new ScrtError(403, 'FORBIDDEN', message);
}

export function notFound(message: string): ScrtError {
  return new ScrtError(404, 'NOT_FOUND', message);
}
