import type { Context } from 'hono';

import { parseJson } from '../../../http/parse-json.ts';
import type { LocalOrgEnv } from '../../../http/route.ts';
import { badRequest, ScrtError } from '../scrt-error.ts';
import { readScrtRequest } from './scrt-requests.ts';
import type { ScrtRequests } from './scrt-requests.ts';

/** The request's body, checked. @throws ScrtError 400; 415 for what is not sent as JSON */
export async function scrtBody<K extends keyof ScrtRequests>(
  c: Context<LocalOrgEnv>,
  kind: K,
): Promise<ScrtRequests[K]> {
  const contentType = c.req.header('content-type') ?? '';
  if (!/^application\/json\b/i.test(contentType)) {
    throw new ScrtError(415, 'UNSUPPORTED_MEDIA_TYPE', `Content-Type '${contentType}' is not supported.`);
  }
  return readScrtRequest(kind, scrtJson(await c.req.text()));
}

/** @throws ScrtError 400 */
export function scrtJson(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    throw badRequest(`The request body is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
