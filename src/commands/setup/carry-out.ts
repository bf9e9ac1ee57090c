import { exitCodes } from '../../errors/exit-codes.ts';
import { guardProduction } from '../../provision/deploy/production-guard.ts';
import type { StepOutcome } from '../../provision/setup/apply/setup-outcome.ts';
import { changingSteps, countChanges } from '../../provision/setup/plan/plan-setup.ts';
import type { ManualTask, SetupPlan } from '../../provision/setup/plan/setup-plan.ts';
import { loginUrl } from '../../provision/setup/steps/hand-over.ts';
import type { CommandContext } from '../command-context.ts';
import { consentOf } from '../consent.ts';
import type { CommandResult } from '../command-result.ts';
import { agree } from './agree.ts';
import { askAboutChannel } from './ask-about-channel.ts';
import {
  checkHandOverFile,
  handOver,
  refuseUnheardCredentials,
  type HandedOver,
  type HandOverValues,
} from './hand-over.ts';
import type { SetupResult } from './plan-schema.ts';
import { manualTasks, planText } from './present-plan.ts';
import { setupError, setupText } from './present-result.ts';
import { runPlan } from './run-plan.ts';
import type { SetupWriteFlags } from './setup-flags.ts';
import { planOn, type SetupSession } from './setup-session.ts';
import { waitForPeople } from './wait-for-people.ts';
import { waitMinutes } from './wait-minutes.ts';

/**
 * Shows the plan, asks where somebody can be asked, carries it out, reads the org again, hands over, and says what is left.
 * The end of `init` and all of `apply`.
 */
export async function carryOut(
  context: CommandContext,
  given: SetupWriteFlags,
  planned: SetupSession,
): Promise<CommandResult<SetupResult>> {
  if (given.dryRun === true) return dryRun(context, planned);
  // What is wrong with the command line is said before anything is written.
  waitMinutes(given.wait);
  refuseUnheardCredentials(context, given);
  await checkHandOverFile(context.cwd, given.handOver);
  const { flags, session } = await askAboutChannel(context, given, planned);
  const { plan } = session.look;
  const changes = countChanges(plan);
  if (changes > 0) {
    guardProduction(session.target.org.identity, consentOf(flags), 'opencx-sf plan changes nothing');
    await agree(context, flags, plan);
  }

  const values: HandOverValues = {};
  const steps = await runPlan(context, flags, session, values);
  // What the org says now, not what was meant to be done, decides what is left.
  const look = changes === 0 ? session : await planOn(context, flags, session.config, session.target);
  const after = await waitForPeople(context, flags, look);
  const handed = await handOver(context, flags, after, values);
  return ending(context, { plan, steps, after: after.look.plan, handed, target: session.target.flag });
}

function dryRun(context: CommandContext, { look }: SetupSession): CommandResult<SetupResult> {
  const { plan } = look;
  return {
    status: 'ok',
    exitCode: exitCodes.done,
    result: {
      ...resultOf(plan, [], manualTasks(plan), {
        clientId: undefined,
        loginUrl: loginUrl(look.facts),
        file: undefined,
      }),
      dryRun: true,
    },
    warnings: [],
    text: planText(plan, context.terminal.outColour, context.terminal.outColumns),
  };
}

interface Ending {
  plan: SetupPlan;
  steps: readonly StepOutcome[];
  after: SetupPlan;
  handed: HandedOver;
  target: string;
}

function ending(context: CommandContext, { plan, steps, after, handed, target }: Ending): CommandResult<SetupResult> {
  const { outColour, outColumns } = context.terminal;
  const left = manualTasks(after);
  const error = setupError(steps, `opencx-sf apply ${target}`);
  return {
    status: error === undefined ? 'ok' : steps.some(({ status }) => status === 'done') ? 'partial' : 'error',
    exitCode: error?.exitCode ?? exitCodes.done,
    result: resultOf(plan, steps, left, handed),
    warnings: [...notAsPlanned(steps, after), ...handed.warnings],
    text: setupText(steps, left, handed, outColour, outColumns),
    ...(error === undefined ? {} : { error }),
  };
}

/** What a step reported as done and the org, read again, does not show. */
function notAsPlanned(steps: readonly StepOutcome[], after: SetupPlan): string[] {
  const done = new Set(steps.filter(({ status }) => status === 'done').map(({ id }) => id));
  return changingSteps(after)
    .filter(({ id, changes }) => done.has(id) && changes.some(({ kind }) => kind !== 'read-credentials'))
    .map(({ title }) => `${title}: done, but the org still differs; opencx-sf plan shows where.`);
}

function resultOf(
  plan: SetupPlan,
  steps: readonly StepOutcome[],
  manual: readonly ManualTask[],
  { clientId, loginUrl, file }: Pick<HandedOver, 'clientId' | 'loginUrl' | 'file'>,
): SetupResult {
  // The schema's lists are mutable, the plan's are not; nothing is changed on the way out.
  return {
    organization: plan.organization,
    dryRun: false,
    plan,
    steps: steps.map((one) => ({ id: one.id, status: one.status, ...reasonOf(one) })),
    manual,
    handOver: {
      ...(clientId === undefined ? {} : { clientId }),
      loginUrl,
      ...(file === undefined ? {} : { file }),
    },
  } as unknown as SetupResult;
}

function reasonOf(step: StepOutcome): { reason?: string } {
  if (step.status === 'failed') return { reason: step.error.message };
  if (step.status === 'blocked') return { reason: step.blockers.join(' ') };
  return step.status === 'skipped' ? { reason: `waits for ${step.waitsFor}` } : {};
}
