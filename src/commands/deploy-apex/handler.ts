import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

import { blueprintFlags } from '../blueprint-inputs.ts';
import type { CommandContext } from '../command-context.ts';
import type { CommandResult } from '../command-result.ts';
import { loadSettings, type FlagMapping } from '../load-settings.ts';
import { openTarget } from '../target/open-target.ts';
import { targetFlags } from '../target/target-flags.ts';
import { writePublicFile } from '../../atomic-files.ts';
import { exitCodes } from '../../errors/exit-codes.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import type { DeployApexEvent, DeployOutcome } from '../../provision/deploy/deploy-outcome.ts';
import { startProgress } from '../../terminal/progress.ts';
import { deploymentOf } from './deployment.ts';
import { junitXml } from './junit.ts';
import { outcomeJson } from './outcome-json.ts';
import { keptRival, presentEvent } from './present-events.ts';
import { outcomeError, outcomeText } from './present-outcome.ts';
import type { DeployApexFlags } from './flags.ts';
import type { DeployApexResult } from './result-schema.ts';
import { deployBlueprint } from './deploy-blueprint.ts';

const mappings: readonly FlagMapping[] = [
  ...targetFlags,
  ...blueprintFlags,
  { flag: 'testLevel', path: ['deploy', 'testLevel'] },
  { flag: 'transport', path: ['deploy', 'transport'] },
  { flag: 'wait', path: ['deploy', 'waitMinutes'], read: (text) => (text.trim() === '' ? Number.NaN : Number(text)) },
];

/** `deploy-apex`: flags in, one deployment (or validation, resumption, cancellation) out. */
export async function deployApexHandler(
  context: CommandContext,
  flags: DeployApexFlags,
): Promise<CommandResult<DeployApexResult>> {
  const { config } = await loadSettings(context, flags, mappings);
  const blueprint = await deployBlueprint(context, flags, config);
  if (flags.junit !== undefined) await checkWritable(resolve(context.cwd, flags.junit));
  const target = await openTarget(context, flags, config);
  const progress = await startProgress(context.terminal);
  const warnings: string[] = [];
  let outcome: DeployOutcome;
  try {
    const events = await deploymentOf(context, flags, config, target, blueprint);
    outcome = await drain(events, (event) => {
      presentEvent(event, context.terminal, progress);
      if (event.kind === 'kept-rival') warnings.push(keptRival(event.rival));
    });
  } finally {
    progress.stop();
  }
  if (flags.junit !== undefined) warnings.push(...(await writeJunit(resolve(context.cwd, flags.junit), outcome)));
  if (outcome.kind === 'succeeded') warnings.push(...(outcome.readBack?.warnings ?? []));
  const { identity } = target.org;
  const error = outcomeError(outcome, target.flag);
  return {
    status: statusOf(outcome, error),
    exitCode: error?.exitCode ?? exitCodes.done,
    result: outcomeJson(outcome, identity),
    warnings,
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

function statusOf(outcome: DeployOutcome, error: OpencxError | undefined): CommandResult['status'] {
  if (outcome.kind === 'left-running') return 'pending';
  if (error?.code === 'DEPLOY_PARTIAL') return 'partial';
  return error === undefined ? 'ok' : 'error';
}

/** @throws OpencxError OUTPUT_REFUSED, before anything is sent, if the results could not be written in the end */
async function checkWritable(file: string): Promise<void> {
  try {
    // With the dot at its end the path means a folder, and a file in its place is refused.
    await access(`${dirname(file)}/.`, constants.W_OK);
  } catch (error) {
    throw new OpencxError('OUTPUT_REFUSED', {
      message: `--junit ${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
      nextSteps: ['Name a file in a folder that exists and can be written.'],
      cause: error,
    });
  }
}

/** @returns what to warn of: a deployment is not undone by a report that could not be written */
async function writeJunit(file: string, outcome: DeployOutcome): Promise<string[]> {
  const status = 'status' in outcome ? outcome.status : undefined;
  try {
    await writePublicFile(file, junitXml(status));
    return [];
  } catch (error) {
    return [
      `The test results could not be written to ${file}: ${error instanceof Error ? error.message : String(error)}`,
    ];
  }
}
