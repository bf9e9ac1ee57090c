import { channelConsent } from '../../provision/setup/steps/messaging/channel-consent.ts';
import { safeText } from '../../terminal/safe-text.ts';
import type { CommandContext } from '../command-context.ts';
import type { SetupWriteFlags } from './setup-flags.ts';
import { planOn, type SetupSession } from './setup-session.ts';

/**
 * Asks a person at the terminal about a messaging channel that others use; whoever agrees has given --allow-channel. Nobody else
 * is asked, and --yes is no answer to this.
 */
export async function askAboutChannel<F extends SetupWriteFlags>(
  context: CommandContext,
  flags: F,
  session: SetupSession,
): Promise<{ flags: F; session: SetupSession }> {
  const { terminal } = context;
  const { facts, wish } = session.look;
  const consent = channelConsent(facts, wish, session.wishes);
  if (consent === undefined || !terminal.mayPrompt || flags.yes === true) return { flags, session };
  const channel = safeText(consent.channel);
  terminal.note(`The messaging channel ${channel} has other users: ${safeText(consent.reasons.join('; '))}.`);
  const { confirm } = await import('../../terminal/prompt.ts');
  if (!(await confirm(terminal, `Change the channel ${channel} all the same?`))) return { flags, session };
  const agreed = { ...flags, allowChannel: [...(flags.allowChannel ?? []), consent.channel] };
  return { flags: agreed, session: await planOn(context, agreed, session.config, session.target) };
}
