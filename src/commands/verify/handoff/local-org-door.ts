import type { HandoffPorts } from '../../../diagnose/handoff/handoff-run.ts';
import type { ReceivedReply, SentMail } from '../../../diagnose/handoff/mail/mail-ports.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';
import type { Config } from '../../../config/config-schema.ts';
import { toOpencxError } from '../../../salesforce/org-errors.ts';
import type { Org } from '../../../salesforce/org.ts';
import type { CommandContext } from '../../command-context.ts';

/** The header that every request to the control API of a local org carries (docs/testing.md). */
const controlHeader = 'x-local-org-control';

/** The control API of the local org that an open session belongs to. */
interface Control {
  /** @param path below `/_local` */
  request(method: 'GET' | 'POST', path: string, body?: Body): Promise<Response>;
}

interface Body {
  type: string;
  text: string;
}

/**
 * What a local org offers beyond Salesforce: a session of any user, its outbox, and a door for mail from outside.
 * @returns nothing for any other org
 */
export async function localOrgPorts(context: CommandContext, org: Org, config: Config): Promise<HandoffPorts> {
  const control = await findControl(context, org);
  if (control === undefined) return {};
  return {
    asIntegrationUser: () => sessionOf(context, control, org, config),
    sentMails: async (mark) => {
      const { mail } = (await (await control.request('GET', '/mail')).json()) as { mail: SentMail[] };
      const marked = mail.filter(({ subject }) => subject.includes(mark));
      return await Promise.all(
        marked.map(async ({ id }) => (await (await control.request('GET', `/mail/${id}`)).json()) as SentMail),
      );
    },
    receiveReply: async (raw) => {
      const answer = await control.request('POST', '/mail/receive', { type: 'message/rfc822', text: raw });
      return (await answer.json()) as ReceivedReply;
    },
  };
}

/** A local org answers on this machine alone, and says of itself that it is the org of the session. */
async function findControl({ signal }: CommandContext, { identity }: Org): Promise<Control | undefined> {
  const { protocol, hostname } = new URL(identity.instanceUrl);
  if (protocol !== 'http:' || (hostname !== '127.0.0.1' && hostname !== 'localhost')) return undefined;
  const send = async (method: string, path: string, body?: Body): Promise<Response> => {
    try {
      return await fetch(`${identity.instanceUrl}/_local${path}`, {
        method,
        headers: { [controlHeader]: 'verify handoff', ...(body === undefined ? {} : { 'content-type': body.type }) },
        ...(body === undefined ? {} : { body: body.text }),
        signal,
      });
    } catch (error) {
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

async function sessionOf(context: CommandContext, control: Control, org: Org, config: Config): Promise<Org> {
  const username = config.blueprint.integrationUsername;
  const answer = await control.request('POST', '/sessions', {
    type: 'application/json',
    text: JSON.stringify({ username }),
  });
  const { accessToken } = (await answer.json()) as { accessToken: string };
  context.terminal.redactor.addSecret(accessToken);
  const { openOrg } = await import('../../../salesforce/org.ts');
  return await openOrg(
    {
      instanceUrl: org.identity.instanceUrl,
      accessToken,
      source: 'local-org',
      ...(username === undefined ? {} : { username }),
    },
    { clock: context.clock, signal: context.signal, preferredApiVersion: org.apiVersion, apiVersion: org.apiVersion },
  );
}
