import type { CommandContext } from '../command-context.ts';
import type { CommandResult } from '../command-result.ts';
import { carryOut } from '../setup/carry-out.ts';
import type { SetupResult } from '../setup/plan-schema.ts';
import type { SetupWriteFlags } from '../setup/setup-flags.ts';
import { openSetup, refuseIncomplete, setupConfig } from '../setup/setup-session.ts';
import { readPlanFile, refuseOtherPlan } from './plan-file.ts';

export interface ApplyFlags extends SetupWriteFlags {
  /** A file of `plan --json`. */
  plan?: string;
}

/** `apply`: carries the plan out, without a question but the one about writing. */
export async function applyHandler(context: CommandContext, flags: ApplyFlags): Promise<CommandResult<SetupResult>> {
  const agreed = flags.plan === undefined ? undefined : await readPlanFile(context.cwd, flags.plan);
  const { config } = await setupConfig(context, flags);
  refuseIncomplete(context, flags, config);
  const session = await openSetup(context, flags, config);
  if (agreed !== undefined) refuseOtherPlan(agreed, session.look.plan);
  return await carryOut(context, flags, session);
}
