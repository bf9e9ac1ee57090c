import type { ChangeContext } from '../../provision/setup/changes/change-context.ts';
import { writeJournal } from '../../provision/setup/journal/setup-journal.ts';
import type { RivalTrigger } from '../../provision/plan/hand-made.ts';
import type { CommandContext } from '../command-context.ts';
import { consentOf } from '../consent.ts';
import { askAboutRival } from '../deploy-apex/ask-about-rival.ts';
import { prepareStateFolder } from '../state-folder.ts';
import type { HandOverValues } from './hand-over.ts';
import type { SetupWriteFlags } from './setup-flags.ts';
import type { SetupSession } from './setup-session.ts';

/** What carrying out changes may touch, from flags and configuration. */
export async function changeContext(
  context: CommandContext,
  flags: SetupWriteFlags,
  { config, target, journal, look }: SetupSession,
  values: HandOverValues,
): Promise<ChangeContext> {
  const stateFolder = await prepareStateFolder(context.cwd);
  const { testLevel, waitMinutes } = config.deploy;
  return {
    org: target.org,
    wish: look.wish,
    stateFolder,
    journal,
    keepJournal: async () => {
      await writeJournal(stateFolder, journal);
    },
    deploy: {
      waitMs: waitMinutes * 60_000,
      tests: { none: !flags.tests, ...(testLevel === undefined ? {} : { level: testLevel }) },
      rivals: {
        deactivate: flags.deactivate ?? [],
        keep: flags.keep ?? [],
        ...(context.terminal.mayPrompt ? { ask: (rival: RivalTrigger) => askAboutRival(context, rival) } : {}),
      },
      ...consentOf(flags),
    },
    onCredentials: (credentials) => {
      context.terminal.redactor.addSecret(credentials.secret);
      values.credentials = credentials;
    },
    onCredentialsUnavailable: (unavailable) => {
      values.unavailable = unavailable;
    },
    signal: context.signal,
  };
}
