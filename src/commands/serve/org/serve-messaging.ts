import type { Config } from '../../../config/config-schema.ts';
import type { ErrorCode } from '../../../errors/error-codes.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';
import type { DeskMessaging } from '../../../handoff/conversation/desk-ports.ts';
import type { CommandContext } from '../../command-context.ts';
import { endpointOf, openApi } from '../../messaging/access/open-messaging.ts';
import { readSigner } from '../../messaging/access/signer.ts';
import type { Target } from '../../target/open-target.ts';
import type { ServeFlags } from '../flags.ts';

/** What is not there where Live Messaging was not set up; anything else that is wrong ends the command. */
const notSetUp: ReadonlySet<ErrorCode> = new Set(['KEYS_MISSING', 'MISSING_INPUT']);

/**
 * How Live Messaging of an org is spoken to.
 * @returns in words why it is not, where it was not set up
 * @throws OpencxError KEYS_UNFIT, USAGE
 */
export async function serveMessaging(
  context: CommandContext,
  flags: ServeFlags,
  config: Config,
  target: Target,
): Promise<DeskMessaging | { readonly why: string }> {
  try {
    const signer = await readSigner(context, flags, config);
    const api = await openApi(context, endpointOf(target, config));
    return { api, signer, names: config.messaging.parameters, conversation: config.messaging.conversation };
  } catch (error) {
    if (error instanceof OpencxError && notSetUp.has(error.code)) return { why: error.message };
    throw error;
  }
}
