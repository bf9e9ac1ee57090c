import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** An error in the OAuth endpoints' own form: `{ "error", "error_description" }`. */
export class OAuthError extends Error {
  override readonly name = 'OAuthError';
  readonly error: string;
  readonly status: ContentfulStatusCode;

  constructor(error: string, description: string, status: ContentfulStatusCode = 400, options?: ErrorOptions) {
    super(description, options);
    this.error = error;
    this.status = status;
  }
}
