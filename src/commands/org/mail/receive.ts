import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';

import { exitCodes } from '../../../errors/exit-codes.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';
import { safeText } from '../../../terminal/safe-text.ts';
import type { CommandContext } from '../../command-context.ts';
import type { CommandResult } from '../../command-result.ts';
import { mailControl } from './control-client.ts';
import type { OrgMailReceiveFlags } from './flags.ts';
import type { OrgMailReceiveResult } from './result-schema.ts';

type Refused = Exclude<OrgMailReceiveResult, { caseId: string }>;

/** What can be done about a mail that was dropped, by reason. */
const REMEDIES: Readonly<Record<string, string>> = {
  'email-to-case-off': 'Turn it on: PATCH /_local/mail/settings {"emailToCase": true}',
  'no-routing-address': 'Make one for an address of the mail: POST /_local/mail/routing-addresses',
  'not-verified': 'Verify it: PATCH /_local/mail/routing-addresses/<id> {"isVerified": true}',
};

/** `org mail receive`: a mail from outside, to Email-to-Case. */
export async function orgMailReceiveHandler(
  context: CommandContext,
  flags: OrgMailReceiveFlags,
): Promise<CommandResult<OrgMailReceiveResult>> {
  const control = await mailControl(context, flags);
  const raw = await rawMail(context, flags.file);
  const result = (await (await control.request('POST', '/receive', raw)).json()) as OrgMailReceiveResult;
  if (result.outcome === 'ignored' || result.outcome === 'failed') {
    return { status: 'error', exitCode: exitCodes.failed, result, warnings: [], text: '', error: errorOf(result) };
  }
  const files = result.fileIds.length === 0 ? '' : `, ${result.fileIds.length} file(s)`;
  const text =
    result.outcome === 'created'
      ? `Case ${result.caseNumber} (${result.caseId}) was made of it: EmailMessage ${result.emailMessageId}${files}.`
      : `It is on case ${result.caseNumber} (${result.caseId}), found by its ${result.by}: EmailMessage ${result.emailMessageId}${files}.`;
  return { status: 'ok', exitCode: exitCodes.done, result, warnings: [], text };
}

async function rawMail(context: CommandContext, file: string): Promise<Uint8Array> {
  if (file === '-') return await buffer(context.terminal.streams.stdin);
  try {
    return await readFile(resolve(context.cwd, file));
  } catch (error) {
    throw new OpencxError('USAGE', {
      message: `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      cause: error,
    });
  }
}

function errorOf(result: Refused): OpencxError {
  if (result.outcome === 'failed') {
    const reasons = result.errors.map(({ statusCode, message }) => `${statusCode}: ${safeText(message)}`);
    return new OpencxError('MAIL_NOT_TAKEN', { message: `The mail was not saved: ${reasons.join('; ')}` });
  }
  const remedy = REMEDIES[result.reason];
  return new OpencxError('MAIL_NOT_TAKEN', {
    message: `The mail was dropped, as Salesforce drops it without a word: ${result.reason} (${safeText(result.detail)}).`,
    details: { reason: result.reason },
    ...(remedy === undefined ? {} : { nextSteps: [remedy] }),
  });
}
