import type { WebhookContract } from '../../blueprint/webhook-contract.ts';
import { jsonBody } from './json-body.ts';

/** What people know a Case by. */
export interface CaseFacts {
  readonly caseNumber?: string;
  readonly caseSubject?: string;
}

/** Reads them from a body; empty where it has none, as that of an edited replay may. */
export function caseFacts(contract: WebhookContract, body: Uint8Array): CaseFacts {
  const value = jsonBody(body);
  if (typeof value !== 'object' || value === null) return {};
  const facts: { -readonly [Key in keyof CaseFacts]: CaseFacts[Key] } = {};
  for (const name of ['caseNumber', 'caseSubject'] as const) {
    const found: unknown = Reflect.get(value, contract.keys[name] ?? name);
    if (typeof found === 'string') facts[name] = found;
  }
  return facts;
}
