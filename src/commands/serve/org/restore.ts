import type { Config } from '../../../config/config-schema.ts';
import { exitCodes } from '../../../errors/exit-codes.ts';
import type { CommandContext } from '../../command-context.ts';
import type { CommandResult } from '../../command-result.ts';
import { refuseMissing } from '../../blueprint-inputs.ts';
import { openTarget } from '../../target/open-target.ts';
import { missingTargetInputs } from '../../target/target-flags.ts';
import type { ServeFlags } from '../flags.ts';
import type { ServeRestored } from '../result-schema.ts';
import { serveFolder } from '../store-place.ts';
import { setBackNamedCredential } from './named-credential.ts';
import { setBackText } from './point-here.ts';

/** `serve --restore`: sets back what a `serve` that was killed has left in an org, and serves nothing. */
export async function restore(
  context: CommandContext,
  flags: ServeFlags,
  config: Config,
): Promise<CommandResult<ServeRestored>> {
  refuseMissing(missingTargetInputs(context, flags, config));
  const { org } = await openTarget(context, flags, config);
  const outcome = await setBackNamedCredential({ org, folder: serveFolder(context.cwd) });
  const url = outcome?.done === true ? outcome.to : outcome?.now;
  const result: ServeRestored = {
    event: 'restored',
    organizationId: org.identity.id,
    restored: outcome?.done === true,
    ...(url === undefined ? {} : { url }),
  };
  const text =
    outcome === undefined
      ? `Nothing to set back: no serve of this folder has left a Named Credential of ${org.identity.name} pointing here.`
      : setBackText(outcome);
  return { status: 'ok', exitCode: exitCodes.done, result, warnings: [], text };
}
