import { OpencxError } from '../../errors/opencx-error.ts';
import { toOpencxError } from '../../salesforce/org-errors.ts';
import type { Org } from '../../salesforce/org.ts';
import type { CommandContext } from '../command-context.ts';

/** The header that every request to the control API of a local org carries (docs/testing.md). */
const controlHeader = 'x-local-org-control';

/** The control API of the local org that an open session belongs to. */
export interface Control {
  /** @param path below `/_local` */
  request(method: 'GET' | 'POST', path: string, body?: Body): Promise<Response>;
}

interface Body {
  type: string;
  text: string;
}

/**
 * The control API of the local org that a session is of, by which a command plays what is outside of the org: a local org answers
 * on this machine alone, and says of itself that it is the org of the session.
 * @returns undefined for any other org
 */
export async function findControl(
  { signal }: Pick<CommandContext, 'signal'>,
  { identity }: Pick<Org, 'identity'>,
): Promise<Control | undefined> {
  const { protocol, hostname } = new URL(identity.instanceUrl);
  if (protocol !== 'http:' || (hostname !== '127.0.0.1' && hostname !== 'localhost')) return undefined;
  const send = async (method: string, path: string, body?: Body): Promise<Response> => {
    try {
      return await fetch(`${identity.instanceUrl}/_local${path}`, {
        method,
        headers: { [controlHeader]: 'opencx-sf', ...(body === undefined ? {} : { 'content-type': body.type }) },
        ...(body === undefined ? {} : { body: body.text }),
        signal,
      });
    } catch (error) {
      if (signal.aborted) {
        throw new OpencxError('INTERRUPTED', { message: 'Stopped while the local org was asked.', cause: error });
      }
      throw toOpencxError(error, `asking the control API of the local org: ${method} /_local${path}`);
    }
  };
  if (!(await isThisOrg(await send('GET', '/status'), identity.id))) return undefined;
  return {
    request: async (method, path, body) => {
      const answer = await send(method, path, body);
      if (answer.ok) return answer;
      throw new OpencxError('ORG_REFUSED', {
        message: `The local org answered ${answer.status} to ${method} /_local${path}: ${(await answer.text()).slice(0, 300)}`,
      });
    },
  };
}

async function isThisOrg(status: Response, organizationId: string): Promise<boolean> {
  const isJson = status.headers.get('content-type')?.includes('json') === true;
  if (!status.ok || !isJson) {
    await status.body?.cancel();
    return false;
  }
  const told: unknown = await status.json();
  return (
    typeof told === 'object' && told !== null && 'organizationId' in told && told.organizationId === organizationId
  );
}
