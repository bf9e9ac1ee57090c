import { exitCodes } from '../../../errors/exit-codes.ts';
import type { Access, Identity } from '../../../messaging/access/access.ts';
import { obtainAccess, revokeAccess } from '../../../messaging/access/obtain-access.ts';
import type { MessagingApi } from '../../../messaging/api/messaging-api.ts';
import { signIdentityToken } from '../../../messaging/identity/identity-token.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';
import type { CommandContext } from '../../command-context.ts';
import type { CommandResult } from '../../command-result.ts';
import { loadSettings } from '../../load-settings.ts';
import { messagingFlags } from '../access/flags.ts';
import { findEndpoint, openApi } from '../access/open-messaging.ts';
import { readSigner } from '../access/signer.ts';
import { readClaims } from './claims.ts';
import type { MessagingTokenFlags } from './flags.ts';
import { tokenText } from './present-token.ts';
import type { MessagingTokenResult } from './result-schema.ts';
import { tokenError, tokenResult, tokenWarnings } from './token-result.ts';

/** `messaging token`: one exchange, and what it tells of key, keyset, channel and deployment. */
export async function messagingTokenHandler(
  context: CommandContext,
  flags: MessagingTokenFlags,
): Promise<CommandResult<MessagingTokenResult>> {
  const { clock, signal, terminal } = context;
  const { config } = await loadSettings(context, flags, messagingFlags);
  const claims = await readClaims(flags.claims ?? [], context.cwd);
  // Before the org is asked for anything.
  const signer = flags.anonymous === true ? undefined : await readSigner(context, flags, config);
  const endpoint = await findEndpoint(context, flags, config);
  const api = await openApi(context, endpoint);
  const identity: Identity =
    signer === undefined
      ? { kind: 'anonymous' }
      : {
          kind: 'verified',
          sign: () => signIdentityToken({ ...signer, subject: flags.sub, claims }, clock),
          // What came back is told also where it is not what was asked for.
          acceptAnonymous: true,
        };
  const access = await obtainAccess(identity, { api, clock }, signal);
  const signed = signer === undefined ? undefined : { ...signer, subject: flags.sub };
  const error = tokenError(access.facts, signed, config.messaging);
  const revealed = flags.reveal === true && error === undefined;
  const { revoked, problem } = revealed ? { revoked: false } : await giveBack(access, api, signal);
  const result = tokenResult(endpoint, access.facts, signed, revoked);
  const text = revealed
    ? tokenText(result, revealed, terminal.errColour, terminal.columns)
    : tokenText(result, revealed, terminal.outColour, terminal.outColumns);
  if (revealed) {
    terminal.note(text);
    terminal.secretResult(access.token());
  }
  return {
    status: error === undefined ? 'ok' : 'error',
    exitCode: error?.exitCode ?? exitCodes.done,
    result,
    warnings: [...tokenWarnings(result), ...(problem === undefined ? [] : [problem])],
    text: revealed ? '' : text,
    ...(error === undefined ? {} : { error }),
  };
}

/** A token that nobody needs any more is no use to anybody else either. The path for anonymous ones is not documented. */
async function giveBack(
  access: Access,
  api: MessagingApi,
  signal: AbortSignal,
): Promise<{ revoked: boolean; problem?: string }> {
  if (!access.facts.verified) return { revoked: false };
  try {
    await revokeAccess(access, { api }, signal);
    return { revoked: true };
  } catch (error) {
    if (!(error instanceof OpencxError)) throw error;
    return { revoked: false, problem: `The access token could not be given back and ends by itself. ${error.message}` };
  }
}
