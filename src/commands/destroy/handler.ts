import type { Config } from '../../config/config-schema.ts';
import { exitCodes } from '../../errors/exit-codes.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import { guardProduction } from '../../provision/deploy/production-guard.ts';
import type { ChangeContext } from '../../provision/setup/changes/change-context.ts';
import { applyChange } from '../../provision/setup/changes/apply-change.ts';
import { readCaseFieldUse } from '../../provision/setup/destroy/field-use.ts';
import type { DestroyPlan } from '../../provision/setup/destroy/destroy-plan.ts';
import { readMessagingUse } from '../../provision/setup/destroy/messaging/messaging-use.ts';
import { readOriginals } from '../../provision/setup/destroy/originals.ts';
import { planDestroy } from '../../provision/setup/destroy/plan-destroy.ts';
import { startProgress } from '../../terminal/progress.ts';
import type { CommandContext } from '../command-context.ts';
import { consentOf } from '../consent.ts';
import type { CommandResult } from '../command-result.ts';
import { changeContext } from '../setup/change-context.ts';
import { presentChangeEvent } from '../setup/present-events.ts';
import { planOn, setupConfig, type SetupSession } from '../setup/setup-session.ts';
import { stateFolder } from '../state-folder.ts';
import { refuseMissing } from '../blueprint-inputs.ts';
import { openTarget } from '../target/open-target.ts';
import { missingTargetInputs } from '../target/target-flags.ts';
import { readJournal, type MessagingJournal } from '../../provision/setup/journal/setup-journal.ts';
import type { DestroyFlags } from './flags.ts';
import { destroyText } from './present-destroy.ts';
import type { DestroyResult } from './result-schema.ts';

/** `destroy`: undoes the set-up in reverse order; says what stays. */
export async function destroyHandler(
  context: CommandContext,
  flags: DestroyFlags,
): Promise<CommandResult<DestroyResult>> {
  const { terminal } = context;
  const session = await openInstalled(context, flags);
  const plan = await destroyPlan(context, flags, session);
  const dry = flags.dryRun === true;
  if (!dry && plan.changes.length > 0) {
    guardProduction(session.target.org.identity, consentOf(flags), '--dry-run changes nothing');
    await agree(context, flags, plan);
    await run(context, flags, session, plan);
  }
  const { organization, changes, kept } = plan;
  return {
    status: 'ok',
    exitCode: exitCodes.done,
    result: { organization, dryRun: dry, changes, kept } as unknown as DestroyResult,
    warnings: [],
    text: destroyText(plan, dry, terminal.outColour, terminal.outColumns),
  };
}

/** What stands for inputs that only a set-up needs: nothing of what is rendered with them is deployed. */
const nobody = 'nobody@example.com';

/** Opens the org without asking for what only a set-up needs; whom it made or activated as integration user the journal knows. */
async function openInstalled(context: CommandContext, flags: DestroyFlags): Promise<SetupSession> {
  const { config } = await setupConfig(context, flags);
  refuseMissing(missingTargetInputs(context, flags, config));
  const target = await openTarget(context, flags, config);
  const { made, before, messaging } = await readJournal(stateFolder(context.cwd), target.org.identity.id);
  const changed = before.filter((one) => one.kind === 'record');
  const user = [...made, ...changed].find(({ sobject }) => sobject === 'User')?.name;
  const { replyTo = nobody, integrationUsername = user ?? nobody } = config.blueprint;
  return await planOn(
    context,
    flags,
    { ...withMessaging(config, messaging), blueprint: { ...config.blueprint, replyTo, integrationUsername } },
    target,
  );
}

/** Live Messaging as it was set up, whatever the configuration says by now. */
function withMessaging(config: Config, noted: MessagingJournal | undefined): Config {
  const { setup, messaging } = config;
  const wanted = noted !== undefined || setup.channels.includes('messaging');
  return {
    ...config,
    setup: wanted ? { ...setup, channels: [...new Set([...setup.channels, 'messaging' as const])] } : setup,
    messaging: { ...messaging, ...noted?.names, issuer: messaging.issuer ?? nobody },
  };
}

async function destroyPlan(
  context: CommandContext,
  flags: DestroyFlags,
  { target, journal, look }: SetupSession,
): Promise<DestroyPlan> {
  const { org } = target;
  const [originals, caseFieldUse, messagingUse] = await Promise.all([
    readOriginals(stateFolder(context.cwd), org.identity.id),
    readCaseFieldUse(org, look.wish.settings.names),
    readMessagingUse(org, look.wish),
  ]);
  const wishes = { disable: flags.disable === true, remove: flags.remove ?? [] };
  return planDestroy({ facts: look.facts, journal, originals, caseFieldUse, messagingUse }, look.wish, wishes);
}

/** @throws OpencxError INTERRUPTED, CONFIRMATION_REQUIRED: taking an integration out is nothing a script does by accident */
async function agree(context: CommandContext, flags: DestroyFlags, plan: DestroyPlan): Promise<void> {
  const { terminal } = context;
  if (flags.yes === true) return;
  if (!terminal.mayPrompt) {
    throw new OpencxError('CONFIRMATION_REQUIRED', {
      message: `Nobody is there to be asked whether ${plan.organization.name} shall lose the integration; nothing was written.`,
      nextSteps: ['Add --yes; --dry-run shows what would go.'],
    });
  }
  terminal.note(destroyText(plan, true, terminal.errColour, terminal.columns));
  const { confirm } = await import('../../terminal/prompt.ts');
  if (await confirm(terminal, `Do this in ${plan.organization.name}?`)) return;
  throw new OpencxError('INTERRUPTED', { message: 'Nothing was written.' });
}

async function run(
  context: CommandContext,
  flags: DestroyFlags,
  session: SetupSession,
  { changes }: DestroyPlan,
): Promise<void> {
  const progress = await startProgress(context.terminal);
  try {
    const changing = await changeContext(context, { ...flags, tests: true }, session, {});
    for (const change of changes) {
      if (context.signal.aborted) {
        throw new OpencxError('INTERRUPTED', { message: 'Stopped between two changes; run again to go on.' });
      }
      for await (const event of applyChange(changing, change)) presentChangeEvent(event, context.terminal, progress);
    }
    if (flags.disable !== true) await forgetBefore(changing);
  } finally {
    progress.stop();
  }
}

/** What was there before is there again: the next set-up notes it anew. */
async function forgetBefore({ journal, keepJournal }: ChangeContext): Promise<void> {
  if (journal.before.length === 0) return;
  journal.before = [];
  await keepJournal();
}
