import { resolve } from 'node:path';

import { blueprintFlags } from '../blueprint-inputs.ts';
import type { CommandContext } from '../command-context.ts';
import type { CommandResult } from '../command-result.ts';
import { loadSettings, type FlagMapping } from '../load-settings.ts';
import { openTarget } from '../target/open-target.ts';
import { targetFlags } from '../target/target-flags.ts';
import { writePublicFile } from '../../atomic-files.ts';
import { exitCodes } from '../../errors/exit-codes.ts';
import type { DeployApexEvent, DeployOutcome } from '../../provision/deploy-outcome.ts';
import { startProgress } from '../../terminal/progress.ts';
import { deploymentOf } from './deployment.ts';
import { junitXml } from './junit.ts';
import { outcomeJson } from './outcome-json.ts';
import { presentEvent } from './present-events.ts';
import { outcomeError, outcomeText } from './present-outcome.ts';
import type { DeployApexFlags } from './flags.ts';
import type { DeployApexResult } from './result-schema.ts';
import { deployBlueprint } from './deploy-blueprint.ts';

const mappings: readonly FlagMapping[] = [
  ...targetFlags,
  ...blueprintFlags,
  { flag: 'testLevel', path: ['deploy', 'testLevel'] },
  { flag: 'transport', path: ['deploy', 'transport'] },
  { flag: 'wait', path: ['deploy', 'waitMinutes'], read: Number },
];

/** `deploy-apex`: flags in, one deployment (or validation, resumption, cancellation) out. */
export async function deployApexHandler(
  context: CommandContext,
  flags: DeployApexFlags,
): Promise<CommandResult<DeployApexResult>> {
  const { config } = await loadSettings(context, flags, mappings);
  const blueprint = await deployBlueprint(context, flags, config);
  const target = await openTarget(context, flags, config);
  const progress = await startProgress(context.terminal);
  let outcome: DeployOutcome;
  try {
    const events = await deploymentOf(context, flags, config, target, blueprint);
    outcome = await drain(events, (event) => {
      presentEvent(event, context.terminal, progress);
    });
  } finally {
    progress.stop();
  }
  if (flags.junit !== undefined) await writeJunit(context, flags.junit, outcome);
  const { identity } = target.org;
  const error = outcomeError(outcome, target.flag);
  return {
    status: statusOf(outcome, error !== undefined),
    exitCode: error?.exitCode ?? exitCodes.done,
    result: outcomeJson(outcome, identity),
    warnings: outcome.kind === 'succeeded' ? (outcome.readBack?.warnings ?? []) : [],
    text: outcomeText(outcome, identity, context.terminal.outColour),
    ...(error === undefined ? {} : { error }),
  };
}

async function drain(
  events: AsyncGenerator<DeployApexEvent, DeployOutcome>,
  show: (event: DeployApexEvent) => void,
): Promise<DeployOutcome> {
  for (;;) {
    const step = await events.next();
    if (step.done === true) return step.value;
    show(step.value);
  }
}

function statusOf(outcome: DeployOutcome, failed: boolean): CommandResult['status'] {
  if (outcome.kind === 'left-running') return 'pending';
  return failed ? 'error' : 'ok';
}

async function writeJunit(context: CommandContext, file: string, outcome: DeployOutcome): Promise<void> {
  const status = 'status' in outcome ? outcome.status : undefined;
  await writePublicFile(resolve(context.cwd, file), junitXml(status));
}
