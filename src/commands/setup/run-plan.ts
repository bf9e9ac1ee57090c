import { applySetup } from '../../provision/setup/apply/apply-setup.ts';
import type { StepOutcome } from '../../provision/setup/apply/setup-outcome.ts';
import { startProgress } from '../../terminal/progress.ts';
import type { CommandContext } from '../command-context.ts';
import { changeContext } from './change-context.ts';
import type { HandOverValues } from './hand-over.ts';
import { presentSetupEvent } from './present-events.ts';
import type { SetupWriteFlags } from './setup-flags.ts';
import type { SetupSession } from './setup-session.ts';

/**
 * Carries out the plan of a session, and tells on stderr what happens.
 * @param values takes what is read for OpenCX on the way
 * @throws OpencxError INTERRUPTED
 */
export async function runPlan(
  context: CommandContext,
  flags: SetupWriteFlags,
  session: SetupSession,
  values: HandOverValues,
): Promise<readonly StepOutcome[]> {
  const { plan } = session.look;
  const progress = await startProgress(context.terminal);
  try {
    const events = applySetup(plan, await changeContext(context, flags, session, values));
    for (;;) {
      const next = await events.next();
      if (next.done === true) return next.value;
      presentSetupEvent(next.value, context.terminal, progress);
    }
  } finally {
    progress.stop();
  }
}
