import type { Blueprint } from '../../blueprint/blueprint.ts';
import type { Config } from '../../config/config-schema.ts';
import { askForBlueprintInputs, missingBlueprintInputs, refuseMissing } from '../blueprint-inputs.ts';
import type { CommandContext } from '../command-context.ts';
import { missingTargetInputs } from '../target/target-flags.ts';
import type { DeployApexFlags } from './flags.ts';

/**
 * Renders what this run is about. Resuming, cancelling and quick-deploying can do without: then there is
 * nothing to read back.
 * @throws OpencxError MISSING_INPUT naming every missing value at once, also the target org
 */
export async function deployBlueprint(
  context: CommandContext,
  flags: DeployApexFlags,
  config: Config,
): Promise<Blueprint | undefined> {
  const optional = flags.resume !== undefined || flags.cancel !== undefined || flags.quick !== undefined;
  const missing = missingBlueprintInputs(config.blueprint);
  const noTarget = missingTargetInputs(context, flags, config);
  if (!context.terminal.mayPrompt || noTarget.length > 0) refuseMissing([...noTarget, ...(optional ? [] : missing)]);
  if (optional && missing.length > 0) return undefined;
  const settings = missing.length === 0 ? config.blueprint : await askForBlueprintInputs(context, config.blueprint);
  context.terminal.redactor.addSecret(settings.webhookUrl);
  const { renderBlueprint } = await import('../../blueprint/blueprint.ts');
  return await renderBlueprint(settings);
}
