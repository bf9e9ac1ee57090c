import type { WebhookContract, WebhookEventName } from '../../../blueprint/webhook-contract.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';

/**
 * The event that a name means: its name on the wire, as Apex sends it, or the one in the contract.
 * @param given what it was given as, e.g. `--event`
 * @throws OpencxError USAGE naming those there are
 */
export function readEventName(contract: WebhookContract, text: string, given: string): WebhookEventName {
  const names = Object.keys(contract.events) as WebhookEventName[];
  const found = names.find((name) => name === text || contract.events[name] === text);
  if (found !== undefined) return found;
  throw new OpencxError('USAGE', {
    message: `${given} names no event: "${text}".`,
    nextSteps: [`Events are: ${names.map((name) => contract.events[name]).join(', ')}.`],
  });
}
