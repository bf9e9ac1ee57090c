import type { Config } from '../../config/config-schema.ts';
import { refuseMissing } from '../blueprint-inputs.ts';
import type { CommandContext } from '../command-context.ts';
import { loadSettings } from '../load-settings.ts';
import { missingTargetInputs, targetFlags } from '../target/target-flags.ts';
import type { WebhookFlags } from './flags.ts';

/** The configuration of a webhook command, which names the credential and the org. @throws OpencxError MISSING_INPUT */
export async function webhookSettings(context: CommandContext, flags: WebhookFlags): Promise<Config> {
  const { config } = await loadSettings(context, flags, targetFlags);
  refuseMissing(missingTargetInputs(context, flags, config));
  return config;
}
