import type { RepPort } from '../../../diagnose/messaging/ladder.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';
import type { Org } from '../../../salesforce/org.ts';
import type { CommandContext } from '../../command-context.ts';
import { findControl, type Control } from '../../target/local-control.ts';

/** Who answers in a local org in which nobody is online. */
const stagehand = 'rep@verify.local-org.test';

type Run = Pick<CommandContext, 'signal' | 'onEnd'>;

interface Work {
  id: string;
  sessionId: string;
  status: string;
}

/**
 * A rep played by this command, in a local org alone: whoever is online gets the work; where nobody is, a user made for it.
 * @returns undefined for any other org
 */
export async function localRep(context: Run, org: Pick<Org, 'identity'>): Promise<RepPort | undefined> {
  const control = await findControl(context, org);
  if (control === undefined) return undefined;
  let workId = '';
  return {
    accept: async (sessionId) => {
      const offered = (await workOf(control, sessionId)) ?? (await comeOnline(context, org, control, sessionId));
      if (offered === undefined) {
        throw new OpencxError('ORG_REFUSED', { message: 'The local org offers the session to nobody who is online.' });
      }
      workId = offered.id;
      if (offered.status === 'Assigned') await control.request('POST', `/messaging/agent-work/${workId}/accept`);
    },
    reply: async (text) => {
      await control.request('POST', `/messaging/agent-work/${workId}/reply`, json({ text }));
    },
  };
}

async function workOf(control: Control, sessionId: string): Promise<Work | undefined> {
  const { work } = (await (await control.request('GET', '/messaging/agent-work')).json()) as { work: Work[] };
  return work.find((one) => one.sessionId === sessionId);
}

async function comeOnline(
  context: Run,
  org: Pick<Org, 'identity'>,
  control: Control,
  sessionId: string,
): Promise<Work | undefined> {
  context.onEnd(() => goHome(org));
  await setOnline(control, true);
  return await workOf(control, sessionId);
}

/** Without the signal of the run: one that was stopped leaves nobody behind either. */
async function goHome(org: Pick<Org, 'identity'>): Promise<void> {
  try {
    const control = await findControl(new AbortController(), org);
    if (control !== undefined) await setOnline(control, false);
  } catch (error) {
    // An org that has gone meanwhile has nobody online.
    if (!(error instanceof OpencxError) || error.code !== 'NETWORK') throw error;
  }
}

async function setOnline(control: Control, online: boolean): Promise<void> {
  await control.request('POST', '/messaging/agents', json({ username: stagehand, online }));
}

const json = (value: unknown) => ({ type: 'application/json', text: JSON.stringify(value) });
