import type { RepPort } from '../../../diagnose/messaging/ladder.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';
import type { Org } from '../../../salesforce/org.ts';
import type { CommandContext } from '../../command-context.ts';
import { findControl, type Control } from '../local-control.ts';

/** Who answers in a local org in which nobody is online. */
const stagehand = 'rep@verify.local-org.test';

interface Work {
  id: string;
  sessionId: string;
  status: string;
}

/**
 * A rep played by this command, in a local org alone: whoever is online gets the work; where nobody is, a user made for it.
 * @returns undefined for any other org
 */
export async function localRep(context: CommandContext, org: Org): Promise<RepPort | undefined> {
  const control = await findControl(context, org);
  if (control === undefined) return undefined;
  let workId = '';
  return {
    accept: async (sessionId) => {
      const offered = (await workOf(control, sessionId)) ?? (await comeOnline(context, control, sessionId));
      if (offered === undefined) {
        throw new OpencxError('ORG_REFUSED', { message: 'The local org offers the session to nobody who is online.' });
      }
      workId = offered.id;
      if (offered.status === 'Assigned') await control.request('POST', `/messaging/work/${workId}/accept`);
    },
    reply: async (text) => {
      await control.request('POST', `/messaging/work/${workId}/reply`, json({ text }));
    },
  };
}

async function workOf(control: Control, sessionId: string): Promise<Work | undefined> {
  const { work } = (await (await control.request('GET', '/messaging/work')).json()) as { work: Work[] };
  return work.find((one) => one.sessionId === sessionId);
}

async function comeOnline(context: CommandContext, control: Control, sessionId: string): Promise<Work | undefined> {
  const set = (online: boolean) => control.request('POST', '/messaging/agents', json({ username: stagehand, online }));
  context.onEnd(async () => {
    await set(false);
  });
  await set(true);
  return await workOf(control, sessionId);
}

const json = (value: unknown) => ({ type: 'application/json', text: JSON.stringify(value) });
