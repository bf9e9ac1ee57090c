import { mkdir, rm } from 'node:fs/promises';
import { resolve } from 'node:path';

import { OpencxError } from '../../errors/opencx-error.ts';
import { exitCodes } from '../../errors/exit-codes.ts';
import { startLocalOrg, type RunningOrg } from '../../local-org/start-local-org.ts';
import type { CommandContext } from '../command-context.ts';
import type { CommandResult } from '../command-result.ts';
import { prepareStateFolder } from '../state-folder.ts';
import { announceLocalOrg, findRunning, localOrgFolder, runningFile } from '../target/local-org.ts';
import type { Envelope } from '../../terminal/envelope.ts';
import type { OrgStartFlags } from './flags.ts';
import type { OrgStartResult } from './result-schema.ts';

/** `org start`: serves until interrupted. The one command whose JSON comes before its end. */
export async function orgStartHandler(
  context: CommandContext,
  flags: OrgStartFlags,
): Promise<CommandResult<OrgStartResult>> {
  const dataDir = resolve(context.cwd, flags.dataDir ?? localOrgFolder(context.cwd));
  const already = await findRunning(dataDir);
  if (already !== undefined) {
    throw new OpencxError('LOCAL_ORG_UNAVAILABLE', {
      message: `The local org of ${dataDir} already runs at ${already.url} (process ${already.pid}).`,
      nextSteps: ['Use it with --target-org local, or give this one another --data-dir.'],
    });
  }
  if (flags.dataDir === undefined) await prepareStateFolder(context.cwd);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const org = await started(dataDir, flags);
  const file = runningFile(dataDir);
  context.onEnd(async () => {
    await rm(file, { force: true });
    await org.close();
  });
  const accessToken = org.issueAccessToken();
  context.terminal.redactor.addSecret(accessToken);
  const { url, scrtUrl, organizationId, username } = org;
  await announceLocalOrg(dataDir, { url, scrtUrl, pid: process.pid, accessToken });
  announce(context, { event: 'started', url, scrtUrl, organizationId, username, dataDir, tokenFile: file });
  await interrupted(context.signal);
  const result: OrgStartResult = { event: 'stopped', url };
  return { status: 'ok', exitCode: exitCodes.done, result, warnings: [], streamed: true, text: '' };
}

async function started(dataDir: string, flags: OrgStartFlags): Promise<RunningOrg> {
  const port = portOf('--port', flags.port);
  const scrtPort = portOf('--scrt-port', flags.scrtPort);
  try {
    return await startLocalOrg({ port, scrtPort, dataDir, ...(flags.kind === undefined ? {} : { kind: flags.kind }) });
  } catch (error) {
    throw new OpencxError('LOCAL_ORG_UNAVAILABLE', {
      message: `The local org could not be started: ${error instanceof Error ? error.message : String(error)}`,
      nextSteps: [
        'Leave --port and --scrt-port out for free ones; opencx-sf org status tells whether one runs already.',
      ],
      cause: error,
    });
  }
}

function announce(context: CommandContext, started: OrgStartResult & { event: 'started' }): void {
  const { terminal } = context;
  const colour = terminal.errColour;
  if (terminal.json) {
    terminal.document({ schemaVersion: 1, status: 'ok', result: started, warnings: [] } satisfies Envelope, true);
    return;
  }
  terminal.note(
    [
      `${colour.green('●')} local org ${started.organizationId} at ${colour.bold(started.url)}`,
      `  Live Messaging at ${started.scrtUrl}`,
      `  rep console at ${started.url}/_local/messaging/console`,
      `  ${started.username}`,
      `  data in ${started.dataDir}`,
      `  access token in ${started.tokenFile}`,
      started.dataDir === localOrgFolder(context.cwd)
        ? '  Use it from this folder: opencx-sf deploy-apex --target-org local …'
        : `  Use it: SF_ORG_INSTANCE_URL=${started.url} with that token in SF_ACCESS_TOKEN`,
      colour.dim('  Ctrl-C stops it; its data stays.'),
    ].join('\n'),
    true,
  );
}

function portOf(flag: string, port: string | undefined): number {
  if (port === undefined) return 0;
  const number = Number(port);
  if (Number.isInteger(number) && number >= 0 && number <= 65_535) return number;
  throw new OpencxError('USAGE', { message: `${flag} ${port} is no port: a number from 0 (a free one) to 65535.` });
}

async function interrupted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
