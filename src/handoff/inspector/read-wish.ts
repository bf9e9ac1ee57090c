import type { IncomingMessage } from 'node:http';

import { z } from 'zod';

import { refusal, type Answer } from '../http/answer.ts';
import type { HttpLimits } from '../http/http-limits.ts';
import { parseJson, UnreadableJson } from '../http/parse-json.ts';
import { readBody } from '../http/read-body.ts';
import { bodyRefusal } from '../http/read-webhook.ts';
import { headersOf } from '../http/webhook-intake.ts';

/** Reads what the page wants done. @returns the wish, or why it is none */
export async function readWish<T extends z.ZodType>(
  incoming: IncomingMessage,
  limits: HttpLimits,
  schema: T,
): Promise<{ readonly wish: z.output<T> } | { readonly refused: Answer }> {
  const refused = bodyRefusal(headersOf(incoming));
  if (refused !== undefined) return { refused };
  // Text in JSON is longer than the text itself.
  const { bytes, tooLarge } = await readBody(incoming, 2 * limits.maxBodyBytes);
  if (tooLarge) return { refused: refusal(413, 'The body is too large.', { connection: 'close' }) };
  try {
    const read = schema.safeParse(parseJson(bytes, limits.maxJsonDepth));
    return read.success ? { wish: read.data } : { refused: refusal(400, z.prettifyError(read.error)) };
  } catch (error) {
    if (error instanceof UnreadableJson) return { refused: refusal(400, error.message) };
    throw error;
  }
}
