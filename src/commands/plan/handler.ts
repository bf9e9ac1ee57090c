import { exitCodes } from '../../errors/exit-codes.ts';
import type { SetupPlan } from '../../provision/setup/plan/setup-plan.ts';
import type { CommandContext } from '../command-context.ts';
import type { CommandResult } from '../command-result.ts';
import { planText } from '../setup/present-plan.ts';
import type { SetupFlags } from '../setup/setup-flags.ts';
import { openSetup, refuseIncomplete, setupConfig } from '../setup/setup-session.ts';

/** `plan`: configuration minus org; reads only. */
export async function planHandler(context: CommandContext, flags: SetupFlags): Promise<CommandResult<SetupPlan>> {
  const { config } = await setupConfig(context, flags);
  refuseIncomplete(context, flags, config);
  const { look } = await openSetup(context, flags, config);
  return {
    status: 'ok',
    exitCode: exitCodes.done,
    result: look.plan,
    warnings: [],
    text: planText(look.plan, context.terminal.outColour, context.terminal.outColumns),
  };
}
