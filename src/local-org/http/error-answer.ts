import { randomUUID } from 'node:crypto';

import type { Context } from 'hono';

import { RestError } from './rest-error.ts';
import type { LocalOrgEnv } from './route.ts';

/** Told of errors that are bugs of the local org: with the id that the client was given. */
export type ErrorListener = (error: unknown, errorId: string) => void;

/** Words any error as Salesforce's REST API does: an array of one. A bug becomes a 500 with an id, never a crash. */
export function errorAnswer(c: Context<LocalOrgEnv>, error: unknown, onError: ErrorListener): Response {
  if (error instanceof RestError) {
    const { message, errorCode, fields } = error;
    return c.json([{ message, errorCode, ...(fields === undefined ? {} : { fields }) }], error.status);
  }
  const errorId = randomUUID();
  onError(error, errorId);
  const message = `An unexpected error occurred. Please include this ErrorId if you contact support: ${errorId}`;
  return c.json([{ message, errorCode: 'UNKNOWN_EXCEPTION' }], 500);
}
