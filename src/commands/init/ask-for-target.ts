import { interview } from '../../terminal/interview/interview.ts';
import type { CommandContext } from '../command-context.ts';
import { setupConfig } from '../setup/setup-session.ts';
import { missingTargetInputs } from '../target/target-flags.ts';
import type { InitFlags } from './flags.ts';

/** Asks which org is meant where nothing says it; the local org is a good first answer. */
export async function askForTarget(context: CommandContext, flags: InitFlags): Promise<InitFlags> {
  const { config } = await setupConfig(context, flags);
  if (missingTargetInputs(context, flags, config).length === 0) return flags;
  const { targetOrg } = await interview<{ targetOrg: string }>(
    context.terminal,
    [
      {
        id: 'targetOrg',
        kind: 'text',
        message: 'Which org shall be set up?',
        explain:
          'An alias or username of the Salesforce CLI; "local" is a Salesforce org on this machine, to try it on.',
        default: () => 'local',
      },
    ],
    {},
    { onAnswer: () => Promise.resolve(), signal: context.signal },
  );
  return { ...flags, targetOrg };
}
