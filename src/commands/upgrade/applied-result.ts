import type { Config } from '../../config/config-schema.ts';
import { exitCodes } from '../../errors/exit-codes.ts';
import type { OpencxError } from '../../errors/opencx-error.ts';
import type { DeployOutcome } from '../../provision/deploy/deploy-outcome.ts';
import type { UpgradeDecision } from '../../provision/upgrade/decide-upgrade.ts';
import type { UpgradePlan } from '../../provision/upgrade/plan-upgrade.ts';
import type { Progress } from '../../terminal/progress.ts';
import type { CommandContext } from '../command-context.ts';
import type { CommandResult } from '../command-result.ts';
import { outcomeJson } from '../deploy-apex/outcome-json.ts';
import { presentEvent } from '../deploy-apex/present-events.ts';
import { outcomeText } from '../deploy-apex/present-outcome.ts';
import { prepareStateFolder } from '../state-folder.ts';
import type { Target } from '../target/open-target.ts';
import type { UpgradeFlags } from './flags.ts';
import { summaryTable } from './present-upgrade.ts';
import type { UpgradeResult } from './result-schema.ts';
import { orgJson, shownResult } from './shown-result.ts';
import { upgradeOutcomeError } from './upgrade-errors.ts';
import { componentJson } from './upgrade-json.ts';

interface Run {
  target: Target;
  plan: UpgradePlan;
  decisions: readonly UpgradeDecision[];
  progress: Progress;
}

/** Deploys what is decided and tells how that ended; where there is nothing to deploy, the same as without --apply. */
export async function appliedResult(
  context: CommandContext,
  flags: UpgradeFlags,
  config: Config,
  run: Run,
): Promise<CommandResult<UpgradeResult>> {
  const { decisions, target } = run;
  const { org } = target;
  const outcome = await deployed(context, flags, config, run);
  if (outcome.kind === 'unchanged') return shownResult(context, org, decisions);
  const colour = context.terminal.outColour;
  const error = upgradeOutcomeError(outcome, decisions, target.flag);
  const readBack = outcome.kind === 'succeeded' ? (outcome.readBack?.warnings ?? []) : [];
  const text = [summaryTable(decisions, colour), outcomeText(outcome, org.identity, colour)];
  return {
    status: statusOf(outcome, error),
    exitCode: error?.exitCode ?? exitCodes.done,
    result: {
      outcome: outcome.kind,
      org: orgJson(org),
      components: decisions.map((decision) => componentJson(decision, colour)),
      deployment: outcomeJson(outcome, org.identity),
    },
    warnings: [...staysOff(decisions), ...readBack],
    text: text.filter((part) => part !== '').join('\n\n'),
    ...(error === undefined ? {} : { error }),
  };
}

async function deployed(
  context: CommandContext,
  flags: UpgradeFlags,
  { deploy: { waitMinutes, testLevel } }: Config,
  { target, plan, decisions, progress }: Run,
): Promise<DeployOutcome> {
  const { applyUpgrade } = await import('../../provision/upgrade/apply-upgrade.ts');
  const events = applyUpgrade(target.org, plan, decisions, {
    waitMs: waitMinutes * 60_000,
    tests: { none: !flags.tests, ...(testLevel === undefined ? {} : { level: testLevel }) },
    stateFolder: await prepareStateFolder(context.cwd),
    signal: context.signal,
  });
  for (;;) {
    const step = await events.next();
    if (step.done === true) return step.value;
    presentEvent(step.value, context.terminal, progress);
  }
}

function statusOf(outcome: DeployOutcome, error: OpencxError | undefined): CommandResult['status'] {
  if (outcome.kind === 'left-running') return 'pending';
  if (error?.code === 'DEPLOY_PARTIAL') return 'partial';
  return error === undefined ? 'ok' : 'error';
}

/** A trigger that is off sends nothing, and tests that expect it to will fail. */
function staysOff(decisions: readonly UpgradeDecision[]): string[] {
  return decisions
    .filter(
      ({ item, action }) => ['update', 'merge', 'settle'].includes(action) && item.existing?.status === 'Inactive',
    )
    .map(
      ({ item: { component } }) =>
        `${component.fullName} is Inactive in the org and stays so; --take-new ${component.fullName} would switch it on.`,
    );
}
