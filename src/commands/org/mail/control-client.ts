import { resolve } from 'node:path';

import { OpencxError } from '../../../errors/opencx-error.ts';
import { CONTROL_HEADER } from '../../../local-org/control/control-guard.ts';
import type { CommandContext } from '../../command-context.ts';
import { findRunning, localOrgFolder } from '../../target/local-org.ts';
import type { OrgMailFlags } from './flags.ts';

/** The mail part of the control API of a local org that runs. */
export interface MailControl {
  /** @param path below `/_local/mail`, e.g. `/receive` */
  request(method: 'GET' | 'POST', path: string, body?: Uint8Array): Promise<Response>;
}

/**
 * Finds the local org that runs for this folder. One is not started for it: what a mail sets off goes on after the command
 * has ended.
 * @throws OpencxError LOCAL_ORG_UNAVAILABLE
 */
export async function mailControl(context: CommandContext, flags: OrgMailFlags): Promise<MailControl> {
  const dataDir = resolve(context.cwd, flags.dataDir ?? localOrgFolder(context.cwd));
  const running = await findRunning(dataDir);
  if (running === undefined) {
    throw new OpencxError('LOCAL_ORG_UNAVAILABLE', {
      message: `No local org runs for ${dataDir}.`,
      nextSteps: ['Start it in another terminal: opencx-sf org start'],
    });
  }
  return {
    async request(method, path, body) {
      const response = await fetch(`${running.url}/_local/mail${path}`, {
        method,
        headers: { [CONTROL_HEADER]: 'org mail', ...(body === undefined ? {} : { 'content-type': 'message/rfc822' }) },
        ...(body === undefined ? {} : { body: Buffer.from(body) }),
        signal: context.signal,
      });
      if (!response.ok) throw await refusal(response);
      return response;
    },
  };
}

async function refusal(response: Response): Promise<OpencxError> {
  const text = await response.text();
  const message = /"message"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(text)?.[1];
  return new OpencxError('ORG_REFUSED', {
    message: message === undefined ? `The local org answered ${response.status}.` : String(JSON.parse(`"${message}"`)),
    details: { status: response.status },
  });
}
