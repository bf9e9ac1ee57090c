import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';

import { exitCodes } from '../../errors/exit-codes.ts';
import type { CommandContext } from '../command-context.ts';
import type { CommandResult } from '../command-result.ts';
import { findRunning, localOrgFolder } from '../target/local-org.ts';
import type { OrgFlags } from './flags.ts';
import type { OrgStatusResult } from './result-schema.ts';
import { isMissingFile } from '../../missing-file.ts';

/** `org status`: whether the local org of this folder runs, where, and whether it has data. */
export async function orgStatusHandler(
  context: CommandContext,
  flags: OrgFlags,
): Promise<CommandResult<OrgStatusResult>> {
  const dataDir = resolve(context.cwd, flags.dataDir ?? localOrgFolder(context.cwd));
  const running = await findRunning(dataDir);
  const hasData = await exists(dataDir);
  const result: OrgStatusResult = {
    running: running !== undefined,
    ...(running === undefined ? {} : { url: running.url, scrtUrl: running.scrtUrl, pid: running.pid }),
    dataDir,
    hasData,
  };
  const text =
    running === undefined
      ? `The local org does not run; ${hasData ? `its data is in ${dataDir}` : 'it has no data yet'}. Commands with --target-org local start it for themselves.`
      : `The local org runs at ${running.url}, its Live Messaging at ${running.scrtUrl} (process ${running.pid}); its data is in ${dataDir}.`;
  return { status: 'ok', exitCode: exitCodes.done, result, warnings: [], text };
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isMissingFile(error)) return false;
    throw error;
  }
}
