import type { IncomingMessage } from 'node:http';

import type { HttpBindings } from '@hono/node-server';
import type { MiddlewareHandler } from 'hono';

import { RestError } from './rest-error.ts';
import type { LocalOrgEnv } from './route.ts';

/** Largest body taken, in bytes: a deployment's 39 MB zip in base64 with room for its envelope. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;

const cut = new WeakSet<IncomingMessage>();

/** Beyond this many bytes a client is no longer listened to. */
const PATIENCE_BYTES = 4 * MAX_BODY_BYTES;

/**
 * Throws away what a body holds beyond the limit, whoever reads it. Chunked bodies do not say their length beforehand,
 * and the official CLI sends its forms chunked. The body is read to its end all the same: a client that is cut off while
 * it sends never sees the answer.
 */
export function cutOversizedBody(incoming: IncomingMessage): void {
  let size = 0;
  const push = incoming.push.bind(incoming);
  incoming.push = (chunk: Buffer | null, encoding?: BufferEncoding): boolean => {
    if (chunk === null) return push(null);
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) return push(chunk, encoding);
    cut.add(incoming);
    if (size > PATIENCE_BYTES) incoming.destroy();
    return true;
  };
}

/** Answers a body that is too large, at once if the request says so. @throws RestError 413 */
export const bodyLimit: MiddlewareHandler<LocalOrgEnv> = async (c, next) => {
  const tooLarge = (): RestError =>
    new RestError(413, 'REQUEST_ENTITY_TOO_LARGE', `The request body is larger than ${MAX_BODY_BYTES} bytes.`);
  if (Number(c.req.header('content-length') ?? 0) > MAX_BODY_BYTES) throw tooLarge();
  await next();
  if (cut.has((c.env as HttpBindings).incoming)) {
    c.res = undefined;
    c.error = undefined;
    throw tooLarge();
  }
};
