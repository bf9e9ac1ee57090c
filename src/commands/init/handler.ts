import { projectFileName } from '../../config/load-config.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import type { CommandContext } from '../command-context.ts';
import type { CommandResult } from '../command-result.ts';
import { carryOut } from '../setup/carry-out.ts';
import { checkAfterwards } from './check-afterwards.ts';
import type { SetupResult } from '../setup/plan-schema.ts';
import { openSetup, refuseIncomplete, setupConfig } from '../setup/setup-session.ts';
import type { InitFlags } from './flags.ts';
import { runWizard } from './wizard.ts';

/** `init`: questions where somebody can be asked, none with --yes; then plan, apply, and what is left. */
export async function initHandler(context: CommandContext, flags: InitFlags): Promise<CommandResult<SetupResult>> {
  if (flags.yes === true || flags.dryRun === true) return await withoutQuestions(context, flags);
  if (!context.terminal.mayPrompt) {
    throw new OpencxError('MISSING_INPUT', {
      message: 'init asks questions, and nobody is there to answer them (no terminal, CI, --json or --no-input).',
      details: { missing: ['--yes'] },
      nextSteps: [
        `Add --yes: what is needed comes from flags, OPENCX_SF_… variables and ${projectFileName}; what is missing is named at once.`,
      ],
    });
  }
  return await runWizard(context, flags);
}

async function withoutQuestions(context: CommandContext, flags: InitFlags): Promise<CommandResult<SetupResult>> {
  const { config } = await setupConfig(context, flags);
  refuseIncomplete(context, flags, config);
  const session = await openSetup(context, flags, config);
  return await checkAfterwards(context, config, session.target, await carryOut(context, flags, session));
}
