import { exitCodes } from '../../../errors/exit-codes.ts';
import { safeText } from '../../../terminal/safe-text.ts';
import { table } from '../../../terminal/table.ts';
import type { CommandContext } from '../../command-context.ts';
import type { CommandResult } from '../../command-result.ts';
import { mailControl } from './control-client.ts';
import type { OrgMailFlags } from './flags.ts';
import type { OrgMailListResult } from './result-schema.ts';

/** `org mail list`: what the local org sent. */
export async function orgMailListHandler(
  context: CommandContext,
  flags: OrgMailFlags,
): Promise<CommandResult<OrgMailListResult>> {
  const control = await mailControl(context, flags);
  const result = (await (await control.request('GET', '')).json()) as OrgMailListResult;
  const colour = context.terminal.outColour;
  const rows = result.mail.map((mail) =>
    [
      mail.id,
      mail.createdDate.slice(0, 19).replace('T', ' '),
      mail.status,
      [...mail.to, ...mail.cc, ...mail.bcc].join(', '),
      mail.subject,
    ].map((cell) => safeText(cell).replaceAll('\n', ' ')),
  );
  const heading = ['id', 'sent at (GMT)', 'status', 'to', 'subject'].map((cell) => colour.dim(cell));
  const text = rows.length === 0 ? 'The local org has sent no mail.' : table([heading, ...rows]);
  return { status: 'ok', exitCode: exitCodes.done, result, warnings: [], text };
}
