import type { Config } from '../../../config/config-schema.ts';
import { exitCodes } from '../../../errors/exit-codes.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';
import { guardProduction } from '../../../provision/deploy/production-guard.ts';
import type { StepOutcome } from '../../../provision/setup/apply/setup-outcome.ts';
import { changingSteps, countChanges } from '../../../provision/setup/plan/plan-setup.ts';
import type { SetupPlan, StepId } from '../../../provision/setup/plan/setup-plan.ts';
import { registrationIn } from '../../../provision/setup/steps/messaging/registration.ts';
import { refuseMissing } from '../../blueprint-inputs.ts';
import type { CommandContext } from '../../command-context.ts';
import type { CommandResult } from '../../command-result.ts';
import { consentOf } from '../../consent.ts';
import { loadSettings } from '../../load-settings.ts';
import { agree } from '../../setup/agree.ts';
import { askAboutChannel } from '../../setup/ask-about-channel.ts';
import { withLocalDefaults } from '../../setup/local-defaults.ts';
import { manualTasks, planText } from '../../setup/present-plan.ts';
import { setupError } from '../../setup/present-result.ts';
import { runPlan } from '../../setup/run-plan.ts';
import { planOn, type SetupSession } from '../../setup/setup-session.ts';
import { openTarget } from '../../target/open-target.ts';
import { missingTargetInputs, targetName } from '../../target/target-flags.ts';
import { registerFlags, type MessagingRegisterFlags } from './flags.ts';
import { registeredText } from './present-registration.ts';
import { printedSteps } from './print-steps.ts';
import type { MessagingRegisterResult } from './result-schema.ts';

/** Steps of the set-up that this command is about. */
const ownSteps: ReadonlySet<StepId> = new Set<StepId>(['preflight', 'messaging']);

/** `messaging register`: the step of the set-up for Live Messaging alone; shown, agreed to, carried out, read back. */
export async function messagingRegisterHandler(
  context: CommandContext,
  flags: MessagingRegisterFlags,
): Promise<CommandResult<MessagingRegisterResult>> {
  const config = await registerConfig(context, flags);
  if (flags.print === true) return await printedSteps(context, config);
  refuseMissing(missingTargetInputs(context, flags, config));
  const target = await openTarget(context, flags, config);
  const planned = narrowed(await planOn(context, flags, config, target));
  if (flags.dryRun === true) return dryRun(context, planned);
  return await register(context, flags, planned);
}

/** What a set-up is rendered with and Live Messaging does not need; nothing of what is rendered with it is deployed. */
const nobody = 'nobody@example.com';

/** The configuration with flags on top, and Live Messaging wanted whatever the file says. */
async function registerConfig(context: CommandContext, flags: MessagingRegisterFlags): Promise<Config> {
  const loaded = await loadSettings(context, flags, registerFlags);
  const local = targetName(context, loaded.config) === 'local';
  const config = local ? withLocalDefaults(loaded) : loaded.config;
  const { replyTo = nobody, integrationUsername = nobody } = config.blueprint;
  return {
    ...config,
    blueprint: { ...config.blueprint, replyTo, integrationUsername },
    setup: { ...config.setup, channels: ['messaging'] },
  };
}

async function register(
  context: CommandContext,
  given: MessagingRegisterFlags,
  planned: SetupSession,
): Promise<CommandResult<MessagingRegisterResult>> {
  const asked = await askAboutChannel(context, given, planned);
  const { flags } = asked;
  const session = narrowed(asked.session);
  const changes = countChanges(session.look.plan);
  if (changes > 0) {
    guardProduction(session.target.org.identity, consentOf(flags), '--dry-run changes nothing');
    refuseUnasked(context, flags);
    await agree(context, flags, session.look.plan);
  }
  const steps = await runPlan(context, { ...flags, tests: true }, session, {});
  // What the org says now, not what was meant to be done, is told.
  const after = changes === 0 ? session : narrowed(await planOn(context, flags, session.config, session.target));
  return ending(context, session, steps, after);
}

/** Who may sign in as whom is changed by nobody's silence. @throws OpencxError CONFIRMATION_REQUIRED */
function refuseUnasked({ terminal }: CommandContext, { yes }: MessagingRegisterFlags): void {
  if (terminal.mayPrompt || yes === true) return;
  throw new OpencxError('CONFIRMATION_REQUIRED', {
    message: 'Nobody is there to be asked whether the org shall trust the key; nothing was written.',
    nextSteps: ['Add --yes; --dry-run shows what would be done.'],
  });
}

function narrowed(session: SetupSession): SetupSession {
  const { look } = session;
  const steps = look.plan.steps.filter(({ id }) => ownSteps.has(id));
  return { ...session, look: { ...look, plan: { ...look.plan, steps } } };
}

function dryRun(context: CommandContext, session: SetupSession): CommandResult<MessagingRegisterResult> {
  const { terminal } = context;
  return {
    status: 'ok',
    exitCode: exitCodes.done,
    result: resultOf(session, [], session, true),
    warnings: [],
    text: planText(session.look.plan, terminal.outColour, terminal.outColumns),
  };
}

function ending(
  context: CommandContext,
  session: SetupSession,
  steps: readonly StepOutcome[],
  after: SetupSession,
): CommandResult<MessagingRegisterResult> {
  const error = setupError(steps, `opencx-sf messaging register ${session.target.flag}`);
  const result = resultOf(session, steps, after, false);
  return {
    status: error === undefined ? 'ok' : steps.some(({ status }) => status === 'done') ? 'partial' : 'error',
    exitCode: error?.exitCode ?? exitCodes.done,
    result,
    warnings: left(steps, after),
    text: registeredText(context, result, steps, manualTasks(after.look.plan)),
    ...(error === undefined ? {} : { error }),
  };
}

/** What a step reported as done and the org, read again, does not show. */
function left(steps: readonly StepOutcome[], { look }: SetupSession): string[] {
  const done = steps.some(({ id, status }) => id === 'messaging' && status === 'done');
  return done && countChanges(look.plan) > 0
    ? ['Done, but the org still differs; opencx-sf messaging register --dry-run shows where.']
    : [];
}

function resultOf(
  session: SetupSession,
  steps: readonly StepOutcome[],
  after: SetupSession,
  dryRun: boolean,
): MessagingRegisterResult {
  // The schema's lists are mutable, the plan's are not; nothing is changed on the way out.
  return {
    dryRun,
    kid: session.wishes.messaging.keys[0]?.kid ?? null,
    registration: registrationIn(after.look) ?? null,
    published: publishedBy(session.look.plan, steps),
    plan: session.look.plan,
    steps: steps.map((one) => ({ id: one.id, status: one.status, ...reasonOf(one) })),
    manual: manualTasks(after.look.plan),
  } as unknown as MessagingRegisterResult;
}

function publishedBy(plan: SetupPlan, steps: readonly StepOutcome[]): MessagingRegisterResult['published'] {
  const planned = changingSteps(plan).some(({ changes }) => changes.some(({ kind }) => kind === 'publish-deployment'));
  if (!planned) return 'unchanged';
  return steps.some(({ id, status }) => id === 'messaging' && status === 'done') ? 'now' : 'not';
}

function reasonOf(step: StepOutcome): { reason?: string } {
  if (step.status === 'failed') return { reason: step.error.message };
  if (step.status === 'blocked') return { reason: step.blockers.join(' ') };
  return step.status === 'skipped' ? { reason: `waits for ${step.waitsFor}` } : {};
}
