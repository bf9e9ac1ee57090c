import type { HandoffPorts } from '../../../diagnose/handoff/handoff-run.ts';
import type { ReceivedReply, SentMail } from '../../../diagnose/handoff/mail/mail-ports.ts';
import type { Config } from '../../../config/config-schema.ts';
import type { Org } from '../../../salesforce/org.ts';
import type { CommandContext } from '../../command-context.ts';
import { findControl, type Control } from '../../target/local-control.ts';

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
