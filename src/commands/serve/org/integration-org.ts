import type { Config } from '../../../config/config-schema.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';
import { openOrg, type Org } from '../../../salesforce/org.ts';
import type { CommandContext } from '../../command-context.ts';
import { findControl } from '../../target/local-control.ts';

/**
 * A local org as its integration user sees it: whoever opens it is its administrator, and our trigger sends nothing that an
 * administrator has saved.
 * @throws OpencxError NOT_INSTALLED if it has no such user
 */
export async function integrationOrg(context: CommandContext, { identity }: Org, { blueprint }: Config): Promise<Org> {
  const { integrationUsername: username = '', apiVersion } = blueprint;
  const control = await findControl(context, { identity });
  if (control === undefined) throw new Error('a local org has no control API');
  const session = await sessionOf(control, username);
  context.terminal.redactor.addSecret(session);
  const { instanceUrl } = identity;
  return await openOrg(
    { instanceUrl, accessToken: session, username, source: 'local-org' },
    { clock: context.clock, signal: context.signal, preferredApiVersion: apiVersion },
  );
}

async function sessionOf(
  control: NonNullable<Awaited<ReturnType<typeof findControl>>>,
  username: string,
): Promise<string> {
  const body = { type: 'application/json', text: JSON.stringify({ username }) };
  let answer: unknown;
  try {
    answer = await (await control.request('POST', '/sessions', body)).json();
  } catch (error) {
    if (!(error instanceof OpencxError) || error.code !== 'ORG_REFUSED') throw error;
    throw new OpencxError('NOT_INSTALLED', {
      message: `The local org has no user ${username}, as whom sessions are handed off: it was not set up yet.`,
      nextSteps: ['opencx-sf init --target-org local --yes sets it up.'],
      cause: error,
    });
  }
  if (typeof answer === 'object' && answer !== null && 'accessToken' in answer) return String(answer.accessToken);
  throw new OpencxError('ORG_UNEXPECTED_ANSWER', { message: 'The local org opened no session.' });
}
