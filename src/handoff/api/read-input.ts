import type { IncomingMessage } from 'node:http';

import type { z } from 'zod';

import type { HttpLimits } from '../http/http-limits.ts';
import { parseJson, UnreadableJson } from '../http/parse-json.ts';
import { readBody } from '../http/read-body.ts';
import { bodyRefusal } from '../http/read-webhook.ts';
import { headersOf } from '../http/webhook-intake.ts';
import { ApiProblem, type UnfitPart } from './problem.ts';

/** A body by its schema, and as it came. */
export interface ReadInput<T> {
  readonly input: T;
  readonly value: unknown;
  readonly bytes: Buffer;
}

/** A transcript of ten thousand messages has fewer. */
const mostValues = 100_000;
const mostErrors = 20;
/** Keys come from outside, too, and may be long. */
const longestText = 200;

/** Reads the JSON body of a request. @throws ApiProblem 400, 413, 415 · Error if the client goes away before its end */
export async function readInput<T extends z.ZodType>(
  incoming: IncomingMessage,
  schema: T,
  limits: HttpLimits,
): Promise<ReadInput<z.output<T>>> {
  const refused = bodyRefusal(headersOf(incoming));
  if (refused !== undefined) throw new ApiProblem('unsupported-body', String(refused.body['error']));
  const { bytes, tooLarge } = await readBody(incoming, limits.maxApiBodyBytes);
  if (tooLarge) {
    const detail = `The body is larger than ${limits.maxApiBodyBytes} bytes.`;
    throw new ApiProblem('too-large', detail, { headers: { connection: 'close' } });
  }
  const value = jsonOf(bytes, limits.maxJsonDepth);
  const { values, hasPrototypeKey } = shapeOf(value);
  // Millions of small values would be millions of errors.
  if (values > mostValues) throw new ApiProblem('too-large', `The body has more than ${mostValues} values.`);
  // zod passes over it in records, without a word.
  if (hasPrototypeKey) throw new ApiProblem('invalid-request', 'A key of the body is __proto__.');
  const read = schema.safeParse(value);
  if (read.success) return { input: read.data, value, bytes };
  throw unfit('The body does not fit.', read.error, (path, message) => ({ pointer: pointerTo(path), message }));
}

/** Reads the query of a request. @throws ApiProblem 400 */
export function readQuery<T extends z.ZodType>(query: Record<string, string>, schema: T): z.output<T> {
  const read = schema.safeParse(query);
  if (read.success) return read.data;
  throw unfit('The query does not fit.', read.error, (path, message) => ({
    parameter: short(path.map(String).join('.')),
    message,
  }));
}

function jsonOf(bytes: Uint8Array, maxDepth: number): unknown {
  try {
    return parseJson(bytes, maxDepth);
  } catch (error) {
    if (error instanceof UnreadableJson) throw new ApiProblem('invalid-request', error.message);
    throw error;
  }
}

interface Shape {
  /** Up to just more than may be. */
  values: number;
  hasPrototypeKey: boolean;
}

function shapeOf(value: unknown, shape: Shape = { values: 0, hasPrototypeKey: false }): Shape {
  shape.values += 1;
  if (typeof value !== 'object' || value === null) return shape;
  shape.hasPrototypeKey ||= Object.hasOwn(value, '__proto__');
  for (const member of Object.values(value)) {
    if (shape.values > mostValues) break;
    shapeOf(member, shape);
  }
  return shape;
}

type Part = (path: readonly PropertyKey[], message: string) => UnfitPart;

/** Names keys and what they must be, never what they are. */
function unfit(detail: string, { issues }: z.ZodError, part: Part): ApiProblem {
  const errors = issues.slice(0, mostErrors).map(({ path, message }) => part(path, short(message)));
  const more = issues.length > mostErrors ? ` ${issues.length - mostErrors} more errors are not listed.` : '';
  return new ApiProblem('invalid-request', detail + more, { errors });
}

/** RFC 6901. */
function pointerTo(path: readonly PropertyKey[]): string {
  return short(path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''));
}

function short(text: string): string {
  return (text.length > longestText ? `${text.slice(0, longestText)}…` : text).toWellFormed();
}
