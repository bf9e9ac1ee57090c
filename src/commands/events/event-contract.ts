import { webhookContract, type WebhookContract } from '../../blueprint/webhook-contract.ts';
import type { CommandContext } from '../command-context.ts';
import { loadSettings } from '../load-settings.ts';
import type { EventsFlags } from './flags.ts';

/** The contract with the renames of the configuration. @throws OpencxError CONFIG_INVALID */
export async function eventContract(context: CommandContext, flags: EventsFlags): Promise<WebhookContract> {
  const { config } = await loadSettings(context, flags, []);
  return webhookContract(config.blueprint.contract);
}
