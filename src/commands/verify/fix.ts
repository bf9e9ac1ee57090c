import type { Check } from '../../diagnose/check.ts';
import { integrationUsername, replyTo } from '../../diagnose/readings/expected.ts';
import type { Result } from '../../diagnose/run/run-checks.ts';
import type { Config } from '../../config/config-schema.ts';
import type { StepOutcome } from '../../provision/setup/apply/setup-outcome.ts';
import { guardProduction } from '../../provision/deploy/production-guard.ts';
import { countChanges } from '../../provision/setup/plan/plan-setup.ts';
import type { StepId } from '../../provision/setup/plan/setup-plan.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import { safeText } from '../../terminal/safe-text.ts';
import { missingBlueprintInputs, refuseMissing } from '../blueprint-inputs.ts';
import type { CommandContext } from '../command-context.ts';
import { consentOf } from '../consent.ts';
import { agree } from '../setup/agree.ts';
import { runPlan } from '../setup/run-plan.ts';
import { planOn, type SetupSession } from '../setup/setup-session.ts';
import type { VerifyFlags } from './flags.ts';
import type { Look, VerifySession } from './verify-session.ts';

/** What `--fix` did. */
export interface Fixed {
  /** Steps that were carried out, or tried. */
  outcomes: readonly StepOutcome[];
  warnings: readonly string[];
}

/**
 * Plans the steps of the set-up that mend what was found, shows the plan, asks, and carries it out. What cannot be mended so is
 * left to the findings.
 * @throws OpencxError MISSING_INPUT, CONFIRMATION_REQUIRED, INTERRUPTED
 */
export async function fix(
  context: CommandContext,
  flags: VerifyFlags,
  session: VerifySession,
  { context: seen, results }: Look,
): Promise<Fixed> {
  const steps = new Set(results.filter(({ finding }) => finding.fixable).flatMap(({ check }) => check.fix ?? []));
  if (steps.size === 0) return { outcomes: [], warnings: [] };
  const config = await completed(session.config, seen);
  refuseMissing(missingBlueprintInputs(config.blueprint).filter(({ flag }) => flag !== '--webhook-url'));
  const planned = await planOn(context, flags, config, session.target);
  const narrowed = onlySteps(planned, steps);
  const { plan } = narrowed.look;
  const warnings = plan.steps.flatMap(({ title, blockers }) => blockers.map((text) => `${title}: ${safeText(text)}`));
  if (countChanges(plan) === 0) return { outcomes: [], warnings };
  guardProduction(session.target.org.identity, consentOf(flags), 'without --fix nothing is changed');
  refuseUnasked(context, flags);
  await agree(context, flags, plan);
  const outcomes = await runPlan(context, flags, narrowed, {});
  return { outcomes, warnings: [...warnings, ...outcomes.flatMap(failure)] };
}

function failure(outcome: StepOutcome): string[] {
  return outcome.status === 'failed' ? [`${outcome.title} was not mended: ${outcome.error.message}`] : [];
}

/** A look must not become a change because nobody was there to say no. @throws OpencxError CONFIRMATION_REQUIRED */
function refuseUnasked({ terminal }: CommandContext, { yes }: VerifyFlags): void {
  if (terminal.mayPrompt || yes === true) return;
  throw new OpencxError('CONFIRMATION_REQUIRED', {
    message: '--fix would change the org, and nobody is there to be asked (no terminal, CI, --json or --no-input).',
    nextSteps: ['Add --yes; opencx-sf plan shows what apply would change.'],
  });
}

/** The configuration with what the org says where it is silent, so that a fix keeps what is there. */
async function completed(config: Config, seen: Look['context']): Promise<Config> {
  const [mailbox, username] = await Promise.all([seen.read(replyTo), seen.read(integrationUsername)]);
  const { blueprint } = config;
  return {
    ...config,
    blueprint: {
      ...blueprint,
      ...(mailbox === undefined ? {} : { replyTo: mailbox.value }),
      ...(username === undefined ? {} : { integrationUsername: username.value }),
    },
  };
}

/** The plan without the steps that nobody asked for, and those that have nothing to do. */
function onlySteps(session: SetupSession, wanted: ReadonlySet<StepId>): SetupSession {
  const { look } = session;
  const steps = look.plan.steps.filter(
    ({ id, status }) => wanted.has(id) && status !== 'unchanged' && status !== 'off',
  );
  return { ...session, look: { ...look, plan: { ...look.plan, steps } } };
}

/** The checks whose verdict a fix may change: all that did not pass, and what was left out for their sake. */
export function affectedChecks(results: readonly Result[]): Check[] {
  return results.filter(({ finding }) => finding.status !== 'pass').map(({ check }) => check);
}
