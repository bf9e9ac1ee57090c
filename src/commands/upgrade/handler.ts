import { guardProduction } from '../../provision/deploy/production-guard.ts';
import { startProgress } from '../../terminal/progress.ts';
import { blueprintFlags } from '../blueprint-inputs.ts';
import { consentOf } from '../consent.ts';
import type { CommandContext } from '../command-context.ts';
import type { CommandResult } from '../command-result.ts';
import { presentEvent } from '../deploy-apex/present-events.ts';
import { loadSettings, type FlagMapping } from '../load-settings.ts';
import { stateFolder } from '../state-folder.ts';
import { openTarget } from '../target/open-target.ts';
import { targetFlags } from '../target/target-flags.ts';
import { appliedResult } from './applied-result.ts';
import type { UpgradeFlags } from './flags.ts';
import type { UpgradeResult } from './result-schema.ts';
import { shownResult } from './shown-result.ts';
import { refuseMissingInputs, upgradeBlueprint } from './upgrade-blueprint.ts';
import { undecidedError } from './upgrade-errors.ts';

const mappings: readonly FlagMapping[] = [
  ...targetFlags,
  ...blueprintFlags,
  { flag: 'testLevel', path: ['deploy', 'testLevel'] },
  { flag: 'wait', path: ['deploy', 'waitMinutes'], read: (text) => (text.trim() === '' ? Number.NaN : Number(text)) },
];

/** `upgrade`: the org's components against today's templates, shown; with --apply deployed. */
export async function upgradeHandler(
  context: CommandContext,
  flags: UpgradeFlags,
): Promise<CommandResult<UpgradeResult>> {
  const { config } = await loadSettings(context, flags, mappings);
  refuseMissingInputs(context, flags, config);
  const target = await openTarget(context, flags, config);
  if (flags.apply === true)
    guardProduction(target.org.identity, consentOf(flags), 'without --apply nothing is changed');
  const blueprint = await upgradeBlueprint(context, config, target.org);
  const progress = await startProgress(context.terminal);
  try {
    const { org } = target;
    presentEvent({ kind: 'org', org: org.identity, apiVersion: org.apiVersion }, context.terminal, progress);
    presentEvent({ kind: 'reading' }, context.terminal, progress);
    const { planUpgrade } = await import('../../provision/upgrade/plan-upgrade.ts');
    const { decideUpgrade } = await import('../../provision/upgrade/decide-upgrade.ts');
    const plan = await planUpgrade(org, blueprint, stateFolder(context.cwd));
    const { take, takeNew = [], keep = [] } = flags;
    const decisions = decideUpgrade(plan.items, { takeNew, keep, ...(take === undefined ? {} : { take }) });
    const undecided = flags.apply === true ? undecidedError(decisions) : undefined;
    if (flags.apply !== true || undecided !== undefined) return shownResult(context, org, decisions, undecided);
    return await appliedResult(context, flags, config, { target, plan, decisions, progress });
  } finally {
    progress.stop();
  }
}
