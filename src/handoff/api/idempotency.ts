import { createHash, randomUUID } from 'node:crypto';

import { oneHeader } from '../http/answer.ts';
import type { RawHeaders } from '../store/handoff-store.ts';
import { canonicalJson } from './canonical-json.ts';
import { ApiProblem } from './problem.ts';

/** A string of Structured Fields (RFC 8941), as the draft wants it, or the bare text that most clients send. */
const quoted = /^"((?:[ !#-[\]-~]|\\["\\]){1,255})"$/;
const bare = /^[!#-~]{1,255}$/;

/**
 * The key of a request that may be sent again (draft-ietf-httpapi-idempotency-key-header).
 * @returns undefined if there is none
 * @throws ApiProblem 400 if it cannot be read
 */
export function idempotencyKeyOf(headers: RawHeaders): string | undefined {
  if (!headers.some(([name]) => name.toLowerCase() === 'idempotency-key')) return undefined;
  const written = oneHeader(headers, 'idempotency-key') ?? '';
  const key = quoted.exec(written)?.[1]?.replaceAll(/\\(.)/g, '$1') ?? bare.exec(written)?.[0];
  if (key !== undefined) return key;
  throw new ApiProblem('invalid-request', 'Idempotency-Key must be one text of 1 to 255 characters of ASCII.');
}

/** Both, as JSON Schema writes it. */
export const idempotencyKeyPattern = `^(?:${inner(quoted)}|${inner(bare)})$`;

function inner({ source }: RegExp): string {
  return source.slice(1, -1);
}

/**
 * What tells a handoff that comes again: its key, else what it says.
 * @param failedBy the handoff that the session failed by: after that the same words are another try
 */
export function handoffDeliveryId(
  key: string | undefined,
  sessionId: string,
  value: unknown,
  failedBy: string | undefined,
): string {
  const said = [sessionId, canonicalJson(value), ...(failedBy === undefined ? [] : [failedBy])];
  return `handoff:${digestOf(key === undefined ? `body\n${said.join('\n')}` : `key\n${key}`)}`;
}

/** What tells a message that comes again: its id, else its key; without both it is a new one. */
export function messageDeliveryId(sessionId: string, id: string | undefined, key: string | undefined): string {
  const known = id?.toLowerCase() ?? (key === undefined ? randomUUID() : `key:${digestOf(key)}`);
  return `message:${sessionId}:${known}`;
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Whether a stored body says the same, however it is written. */
export function saysTheSame(body: Uint8Array, value: unknown): boolean {
  return canonicalJson(JSON.parse(new TextDecoder().decode(body))) === canonicalJson(value);
}
