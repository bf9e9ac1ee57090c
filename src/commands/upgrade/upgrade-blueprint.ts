import type { Blueprint } from '../../blueprint/blueprint.ts';
import type { Config } from '../../config/config-schema.ts';
import { readWebhookCredential } from '../../provision/webhook/webhook-credential.ts';
import type { Org } from '../../salesforce/org.ts';
import { askForBlueprintInputs, missingBlueprintInputs, refuseMissing } from '../blueprint-inputs.ts';
import type { CommandContext } from '../command-context.ts';
import { missingTargetInputs } from '../target/target-flags.ts';
import type { UpgradeFlags } from './flags.ts';

/** @throws OpencxError MISSING_INPUT, before the org is asked, naming everything that neither flags nor the org can tell */
export function refuseMissingInputs(context: CommandContext, flags: UpgradeFlags, config: Config): void {
  const noTarget = missingTargetInputs(context, flags, config);
  if (context.terminal.mayPrompt && noTarget.length === 0) return;
  refuseMissing([
    ...noTarget,
    ...missingBlueprintInputs(config.blueprint).filter((one) => one.flag !== '--webhook-url'),
  ]);
}

/**
 * Renders what the org should hold. A webhook URL that is not configured is the org's own: an upgrade does not change it.
 * @throws OpencxError NOT_INSTALLED if the org has no Named Credential to ask
 */
export async function upgradeBlueprint(context: CommandContext, config: Config, org: Org): Promise<Blueprint> {
  const { namedCredential } = config.blueprint.names;
  const webhookUrl = config.blueprint.webhookUrl ?? (await readWebhookCredential(org, namedCredential)).url;
  context.terminal.redactor.addSecret(webhookUrl);
  const known = { ...config.blueprint, webhookUrl };
  const settings = missingBlueprintInputs(known).length === 0 ? known : await askForBlueprintInputs(context, known);
  const { renderBlueprint } = await import('../../blueprint/blueprint.ts');
  return await renderBlueprint(settings);
}
