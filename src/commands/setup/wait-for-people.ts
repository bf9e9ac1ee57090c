import { startProgress } from '../../terminal/progress.ts';
import type { CommandContext } from '../command-context.ts';
import { manualTasks } from './present-plan.ts';
import type { SetupWriteFlags } from './setup-flags.ts';
import { planOn, type SetupSession } from './setup-session.ts';
import { waitMinutes } from './wait-minutes.ts';

/** How often the org is asked whether an address has been verified, in milliseconds. */
const pauseMs = 10_000;

/** Tasks of a person that the org itself shows to be done. */
const seenInOrg = /^verify-/;

/**
 * With `--wait`, waits for what a person does outside: links in verification mails. Ctrl-C ends the waiting, not the command.
 * @returns the session as it is then
 */
export async function waitForPeople(
  context: CommandContext,
  flags: SetupWriteFlags,
  session: SetupSession,
): Promise<SetupSession> {
  const end = context.clock.now() + waitMinutes(flags.wait) * 60_000;
  let current = session;
  const progress = await startProgress(context.terminal);
  try {
    for (;;) {
      const open = manualTasks(current.look.plan).filter(({ id }) => seenInOrg.test(id));
      if (open.length === 0 || context.clock.now() >= end) return current;
      progress.update(`Waiting: ${open.map(({ title }) => title).join(', ')}`);
      if (await leftWhile(context, Math.min(pauseMs, end - context.clock.now()))) return current;
      current = await planOn(context, flags, current.config, current.target);
    }
  } finally {
    progress.stop();
  }
}

/** Sleeps. @returns whether the person left meanwhile, by Ctrl-C */
async function leftWhile({ clock, signal }: CommandContext, ms: number): Promise<boolean> {
  try {
    await clock.sleep(ms, signal);
    return false;
  } catch (error) {
    if (signal.aborted) return true;
    throw error;
  }
}
