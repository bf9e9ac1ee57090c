import { stateFolder } from '../state-folder.ts';
import type { VerificationKey } from '../../blueprint/messaging/render-verification-keys.ts';
import type { Config } from '../../config/config-schema.ts';
import type { LoadedConfig, Override } from '../../config/load-config.ts';
import { readJournal, type SetupJournal } from '../../provision/setup/journal/setup-journal.ts';
import { lookAtOrg, type SetupLook } from '../../provision/setup/look-at-org.ts';
import { renderWish } from '../../provision/setup/wish/setup-wish.ts';
import type { PlanWishes } from '../../provision/setup/steps/setup-step.ts';
import { missingBlueprintInputs, refuseMissing } from '../blueprint-inputs.ts';
import type { CommandContext } from '../command-context.ts';
import { loadSettings } from '../load-settings.ts';
import { configuredKeys } from '../messaging/keys/folder/configured-keys.ts';
import { openTarget, type Target } from '../target/open-target.ts';
import { missingTargetInputs, targetName } from '../target/target-flags.ts';
import { withLocalDefaults } from './local-defaults.ts';
import { setupFlags, type SetupFlags, type SetupWriteFlags } from './setup-flags.ts';

/** One look at one org with one configuration; every set-up command begins with it. */
export interface SetupSession {
  config: Config;
  target: Target;
  journal: SetupJournal;
  /** What this run wanted beyond the configuration. */
  wishes: PlanWishes;
  look: SetupLook;
}

/** The configuration with flags, variables and, for the local org, its defaults. */
export async function setupConfig(
  context: CommandContext,
  flags: SetupFlags,
  answers: readonly Override[] = [],
): Promise<{ config: Config; loaded: LoadedConfig }> {
  const loaded = await loadSettings(context, flags, setupFlags, answers);
  const local = targetName(context, loaded.config) === 'local';
  return { config: local ? withLocalDefaults(loaded) : loaded.config, loaded };
}

/** @throws OpencxError MISSING_INPUT naming everything that is missing at once; the webhook URL may come later */
export function refuseIncomplete(context: CommandContext, flags: SetupFlags, config: Config): void {
  const inputs = missingBlueprintInputs(config.blueprint).filter(({ flag }) => flag !== '--webhook-url');
  refuseMissing([...missingTargetInputs(context, flags, config), ...inputs]);
}

/** Opens the org, reads it and plans. */
export async function openSetup(context: CommandContext, flags: SetupFlags, config: Config): Promise<SetupSession> {
  context.terminal.redactor.addSecret(config.blueprint.webhookUrl);
  // What cannot be rendered is said before anybody logs in anywhere.
  await renderWish(config, { contactEmail: config.setup.app.contactEmail ?? 'nobody@example.com' });
  const target = await openTarget(context, flags, config);
  return await planOn(context, flags, config, target);
}

/** Reads the org again and plans anew, in the session that is open. */
export async function planOn(
  context: CommandContext,
  flags: SetupFlags,
  given: Config,
  target: Target,
): Promise<SetupSession> {
  const journal = await readJournal(stateFolder(context.cwd), target.org.identity.id);
  const { config, keys } = await withKeys(context, given);
  const wishes = planWishes(context, flags, keys);
  const look = await lookAtOrg(target.org, config, wishes, journal);
  if (look.wish.webhookKnown) context.terminal.redactor.addSecret(look.wish.settings.webhookUrl);
  return { config, target, journal, wishes, look };
}

/** Where Live Messaging is wanted, its keys are read, and the issuer is that of their keyset unless another is given. */
async function withKeys(
  context: CommandContext,
  config: Config,
): Promise<{ config: Config; keys: readonly VerificationKey[] }> {
  if (!config.setup.channels.includes('messaging')) return { config, keys: [] };
  const { keys, issuer } = await configuredKeys(context, config);
  return { config: { ...config, messaging: { ...config.messaging, issuer } }, keys };
}

/** Key and secret are read where somebody takes them: a file, or a person at the terminal. */
function planWishes(
  { terminal }: CommandContext,
  flags: SetupFlags & Pick<Partial<SetupWriteFlags>, 'handOver' | 'yes'>,
  keys: readonly VerificationKey[],
): PlanWishes {
  const asked = flags.credentials === true || flags.handOver !== undefined;
  const seen = terminal.mayPrompt && flags.yes !== true;
  return {
    keep: flags.keep ?? [],
    credentials: asked ? 'always' : seen ? 'with-new-app' : 'never',
    messaging: {
      keys,
      allowChannels: flags.allowChannel ?? [],
      republish: flags.republish === true,
      removeOldKeys: flags.removeOldKeys === true,
    },
  };
}
