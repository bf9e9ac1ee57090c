import { exitCodes } from '../../../errors/exit-codes.ts';
import { safeText } from '../../../terminal/safe-text.ts';
import { table } from '../../../terminal/table.ts';
import type { CommandContext } from '../../command-context.ts';
import type { CommandResult } from '../../command-result.ts';
import { mailControl } from './control-client.ts';
import type { OrgMailShowFlags } from './flags.ts';
import type { OrgMailShowResult } from './result-schema.ts';

/** `org mail show`: one mail, to be read or as the message that went out. */
export async function orgMailShowHandler(
  context: CommandContext,
  flags: OrgMailShowFlags,
): Promise<CommandResult<OrgMailShowResult>> {
  const control = await mailControl(context, flags);
  const path = `/${encodeURIComponent(flags.id)}`;
  const mail = (await (await control.request('GET', path)).json()) as OrgMailShowResult;
  const eml = flags.eml === true ? await (await control.request('GET', `${path}?format=eml`)).text() : undefined;
  const result = eml === undefined ? mail : { ...mail, eml };
  const text = eml === undefined ? readable(mail) : safeText(eml).trimEnd();
  return { status: 'ok', exitCode: exitCodes.done, result, warnings: [], text };
}

function readable(mail: OrgMailShowResult): string {
  const { name, address } = mail.from;
  const rows: [string, string | undefined][] = [
    ['Status', `${mail.status} (${mail.logLine})`],
    ['From', name === '' ? address : `${name} <${address}>`],
    ['Reply-To', mail.replyTo],
    ['To', mail.to.join(', ')],
    ['Cc', mail.cc.join(', ')],
    ['Bcc', mail.bcc.join(', ')],
    ['Date', mail.createdDate],
    ['Subject', mail.subject],
    ['Message-ID', mail.messageId],
    ['In-Reply-To', mail.inReplyTo],
    ['References', mail.references],
    ['Attachments', mail.attachments.map(({ fileName }) => fileName).join(', ')],
    ['Relay', mail.relay === undefined ? undefined : `${mail.relay.state} ${mail.relay.detail}`.trimEnd()],
  ];
  const fields = rows.flatMap(([label, value]) =>
    value === undefined || value === '' ? [] : [[`${label}:`, safeText(value).replaceAll('\n', ' ')]],
  );
  return `${table(fields)}\n\n${safeText(mail.text ?? mail.html ?? '')}`.trimEnd();
}
