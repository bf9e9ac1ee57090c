import type { ContentfulStatusCode } from 'hono/utils/http-status';

/**
 * An error as Salesforce's REST API words it. Thrown by any route; `app.ts` answers it as
 * `[{ "message", "errorCode", "fields"? }]` with the status.
 */
export class RestError extends Error {
  override readonly name = 'RestError';
  readonly status: ContentfulStatusCode;
  readonly errorCode: string;
  readonly fields: readonly string[] | undefined;

  constructor(status: ContentfulStatusCode, errorCode: string, message: string, fields?: readonly string[]) {
    super(message);
    this.status = status;
    this.errorCode = errorCode;
    this.fields = fields;
  }
}

/** The answer for what the local org does not do: 501, by name, never a pretence. */
export function notImplemented(thing: string): RestError {
  return new RestError(501, 'LOCAL_ORG_NOT_IMPLEMENTED', `The local org does not implement ${thing}.`);
}
