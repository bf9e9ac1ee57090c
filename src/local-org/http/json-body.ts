import type { Context } from 'hono';

import { parseJson } from './parse-json.ts';
import type { LocalOrgEnv } from './route.ts';
import { RestError } from './rest-error.ts';

export type JsonObject = { [key: string]: unknown };

/**
 * The request's body as a JSON object.
 * @throws RestError 400 JSON_PARSER_ERROR if it is not one; 415 UNSUPPORTED_MEDIA_TYPE for another content type
 */
export async function jsonObject(c: Context<LocalOrgEnv>): Promise<JsonObject> {
  const contentType = c.req.header('content-type');
  if (contentType !== undefined && !/^application\/json\b/i.test(contentType)) {
    throw new RestError(415, 'UNSUPPORTED_MEDIA_TYPE', `Content type ${contentType} is not supported here.`);
  }
  const text = await c.req.text();
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (error) {
    throw new RestError(
      400,
      'JSON_PARSER_ERROR',
      text === '' ? 'No content to map to Object due to end of input' : parserText(error),
    );
  }
  if (!isJsonObject(value)) {
    throw new RestError(400, 'JSON_PARSER_ERROR', 'The HTTP entity body is required, and must be a JSON object');
  }
  return value;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parserText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
