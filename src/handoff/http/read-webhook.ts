import { z } from 'zod';

import { connectionTestEvent } from '../../blueprint/connection-test.ts';
import { parseWebhookPayload, type WebhookContract, type WebhookPayload } from '../../blueprint/webhook-contract.ts';
import type { RawHeaders } from '../store/handoff-store.ts';
import { oneHeader, refusal, type Answer } from './answer.ts';
import { parseJson, UnreadableJson } from './parse-json.ts';

/** What a webhook call says: an event, or only the question whether anybody is there (`opencx-sf webhook test`). */
export type ReadWebhook =
  | { readonly kind: 'event'; readonly payload: WebhookPayload }
  | { readonly kind: 'connection-test' }
  | { readonly kind: 'refused'; readonly answer: Answer };

/** Looks at what header fields say of a body. @returns why it is not read; undefined if it may be */
export function bodyRefusal(headers: RawHeaders): Answer | undefined {
  const [type = '', ...parameters] = (oneHeader(headers, 'content-type') ?? '').toLowerCase().split(';');
  if (type.trim() !== 'application/json') return refusal(415, 'The content type must be application/json.');
  const charset = parameters.map((one) => one.trim()).find((one) => one.startsWith('charset='));
  if (charset !== undefined && !/^charset="?utf-?8"?$/.test(charset)) return refusal(415, 'The charset must be UTF-8.');
  // A few bytes may unpack to more than fits anywhere, and Apex packs nothing.
  if (headers.some(([name, value]) => name.toLowerCase() === 'content-encoding' && value.trim() !== 'identity')) {
    return refusal(415, 'The body must not be compressed.');
  }
  return undefined;
}

/** Reads a body by the contract. */
export function readWebhook(contract: WebhookContract, body: Uint8Array, maxDepth: number): ReadWebhook {
  try {
    const value = parseJson(body, maxDepth);
    if (isConnectionTest(contract, value)) return { kind: 'connection-test' };
    const payload = parseWebhookPayload(contract, value);
    // Half a character is written down as another one: two ids could become the same.
    const broken = (['deliveryId', 'caseId'] as const).find((key) => !payload[key].isWellFormed());
    if (broken === undefined) return { kind: 'event', payload };
    const reason = `The body does not fit the contract: ${contract.keys[broken] ?? broken}: is no text in Unicode`;
    return { kind: 'refused', answer: refusal(400, reason) };
  } catch (error) {
    if (error instanceof UnreadableJson) return { kind: 'refused', answer: refusal(400, error.message) };
    if (error instanceof z.ZodError) return { kind: 'refused', answer: refusal(400, unfitKeys(error)) };
    throw error;
  }
}

function isConnectionTest(contract: WebhookContract, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return (value as Record<string, unknown>)[contract.keys['event'] ?? 'event'] === connectionTestEvent;
}

const toldKeys = 10;

/** Names keys and what they must be, never what they are: the answer goes into logs of the org. */
function unfitKeys({ issues }: z.ZodError): string {
  const told = issues.slice(0, toldKeys).map(({ path, message }) => `${path.join('.') || 'the body'}: ${message}`);
  const more = issues.length > toldKeys ? [`and ${issues.length - toldKeys} more`] : [];
  return `The body does not fit the contract: ${[...told, ...more].join('; ')}`;
}
