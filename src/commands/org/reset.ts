import { rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { OpencxError } from '../../errors/opencx-error.ts';
import { exitCodes } from '../../errors/exit-codes.ts';
import { openDatabase } from '../../local-org/store/database.ts';
import { typeToConfirm } from '../../terminal/prompt.ts';
import type { CommandContext } from '../command-context.ts';
import type { CommandResult } from '../command-result.ts';
import { findRunning, localOrgFolder } from '../target/local-org.ts';
import type { OrgFlags } from './flags.ts';
import type { OrgResetResult } from './result-schema.ts';
import { isMissingFile } from '../../missing-file.ts';

/** `org reset`: the next local org of this folder is a new one. */
export async function orgResetHandler(
  context: CommandContext,
  flags: OrgFlags,
): Promise<CommandResult<OrgResetResult>> {
  const dataDir = resolve(context.cwd, flags.dataDir ?? localOrgFolder(context.cwd));
  const running = await findRunning(dataDir);
  if (running !== undefined) {
    throw new OpencxError('LOCAL_ORG_UNAVAILABLE', {
      message: `The local org runs at ${running.url} (process ${running.pid}); its data is in use.`,
      nextSteps: [`Stop it first (Ctrl-C where it runs, or kill ${running.pid}).`],
    });
  }
  const present = await holdsLocalOrg(dataDir);
  if (present) {
    await confirm(context, flags, dataDir);
    refuseIfInUse(dataDir);
    await rm(dataDir, { recursive: true, force: true });
  }
  const text = present
    ? `The data in ${dataDir} is gone; the next local org is a new one.`
    : `There is no local org in ${dataDir}.`;
  return { status: 'ok', exitCode: exitCodes.done, result: { dataDir, removed: present }, warnings: [], text };
}

/** Only a folder that a local org has made is ever removed: --data-dir may be mistyped. */
async function holdsLocalOrg(dataDir: string): Promise<boolean> {
  try {
    await stat(dataDir);
  } catch (error) {
    if (isMissingFile(error)) return false;
    throw error;
  }
  try {
    await stat(join(dataDir, 'org.sqlite'));
    return true;
  } catch (error) {
    throw new OpencxError('OUTPUT_REFUSED', {
      message: `${dataDir} is no folder of a local org (it holds no org.sqlite); nothing was removed.`,
      cause: error,
    });
  }
}

/** A command with --target-org local may run the org in its own process at this moment: then the store is locked. */
function refuseIfInUse(dataDir: string): void {
  try {
    openDatabase(dataDir).close();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (!/another process/i.test(message)) return;
    throw new OpencxError('LOCAL_ORG_UNAVAILABLE', {
      message: `The local org in ${dataDir} is in use: ${message}`,
      cause: error,
    });
  }
}

async function confirm(context: CommandContext, flags: OrgFlags, dataDir: string): Promise<void> {
  if (flags.yes === true) return;
  if (
    context.terminal.mayPrompt &&
    (await typeToConfirm(context.terminal, `Type "reset" to throw away ${dataDir}:`, 'reset'))
  )
    return;
  throw new OpencxError('CONFIRMATION_REQUIRED', {
    message: `The data of the local org in ${dataDir} stays.`,
    nextSteps: ['Add --yes to throw it away.'],
  });
}
