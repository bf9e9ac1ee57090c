import type { Blueprint } from '../../blueprint/blueprint.ts';
import type { Config } from '../../config/config-schema.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import type { DeployApexOptions } from '../../provision/deploy/deploy-apex.ts';
import type { DeployApexEvent, DeployOutcome } from '../../provision/deploy/deploy-outcome.ts';
import type { RivalTrigger } from '../../provision/plan/hand-made.ts';
import type { CommandContext } from '../command-context.ts';
import { consentOf } from '../consent.ts';
import { prepareStateFolder, stateFolder } from '../state-folder.ts';
import type { Target } from '../target/open-target.ts';
import { askAboutRival } from './ask-about-rival.ts';
import type { DeployApexFlags } from './flags.ts';

/** The one call into `provision/` that the flags ask for. */
export async function deploymentOf(
  context: CommandContext,
  flags: DeployApexFlags,
  config: Config,
  target: Target,
  blueprint: Blueprint | undefined,
): Promise<AsyncGenerator<DeployApexEvent, DeployOutcome>> {
  const { org } = target;
  // A dry run writes nothing, here as in the org.
  const state = flags.dryRun === true ? stateFolder(context.cwd) : await prepareStateFolder(context.cwd);
  const options = deployOptions(context, flags, config, state);
  if (flags.cancel !== undefined) {
    const { cancelDeploy } = await import('../../provision/deploy/follow-deploy.ts');
    const { checkedId } = await import('../../provision/deploy/deploy-journal.ts');
    return cancelDeploy(org, checkedId(flags.cancel), { ...options, switchedOff: [] });
  }
  if (flags.resume !== undefined) {
    const { resumeDeploy } = await import('../../provision/deploy/resume-deploy.ts');
    return resumeDeploy(org, flags.resume === true ? undefined : flags.resume, blueprint, options);
  }
  const { deployApex, quickDeploy } = await import('../../provision/deploy/deploy-apex.ts');
  if (flags.quick !== undefined) return quickDeploy(org, flags.quick, blueprint, options);
  if (blueprint === undefined) throw new OpencxError('INTERNAL', { message: 'nothing was rendered for a deployment' });
  return deployApex(org, blueprint, options);
}

function deployOptions(
  context: CommandContext,
  flags: DeployApexFlags,
  config: Config,
  stateFolder: string,
): DeployApexOptions {
  const { testLevel, transport, waitMinutes } = config.deploy;
  return {
    mode: flags.dryRun === true ? 'dry-run' : flags.validate === true ? 'validate' : 'deploy',
    transport,
    only: flags.only ?? [],
    force: flags.force === true,
    async: flags.async === true,
    waitMs: waitMinutes * 60_000,
    tests: { none: !flags.tests, ...(testLevel === undefined ? {} : { level: testLevel }) },
    ...consentOf(flags),
    rivals: {
      deactivate: flags.deactivate ?? [],
      keep: flags.keep ?? [],
      ...(context.terminal.mayPrompt ? { ask: (rival: RivalTrigger) => askAboutRival(context, rival) } : {}),
    },
    stateFolder,
    signal: context.signal,
  };
}
