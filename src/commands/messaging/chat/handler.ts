import { randomUUID } from 'node:crypto';

import type { Config } from '../../../config/config-schema.ts';
import { exitCodes } from '../../../errors/exit-codes.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';
import type { Identity } from '../../../messaging/access/access.ts';
import type { Conversation } from '../../../messaging/conversation/conversation.ts';
import { openConversation } from '../../../messaging/conversation/open-conversation.ts';
import { routingAttributes } from '../../../messaging/handoff/routing-attributes.ts';
import { signIdentityToken } from '../../../messaging/identity/identity-token.ts';
import { safeText } from '../../../terminal/safe-text.ts';
import type { CommandContext } from '../../command-context.ts';
import type { CommandResult } from '../../command-result.ts';
import { parseDuration } from '../../duration.ts';
import { loadSettings } from '../../load-settings.ts';
import { readerGone } from '../../streaming/reader-gone.ts';
import { messagingFlags } from '../access/flags.ts';
import { findEndpoint, openApi } from '../access/open-messaging.ts';
import { readSigner } from '../access/signer.ts';
import { attributeWarnings, readAttributes } from '../conversation/attributes.ts';
import { chat } from './chat.ts';
import type { MessagingChatFlags } from './flags.ts';
import type { ChatEndJson, MessagingChatResult } from './result-schema.ts';

/** `messaging chat`: a conversation from the contact's side, as long as the person likes. */
export async function messagingChatHandler(
  context: CommandContext,
  flags: MessagingChatFlags,
): Promise<CommandResult<ChatEndJson>> {
  context.terminal.documentPerLine();
  const stayMs = parseDuration(flags.wait, '--wait', 's');
  const more = readAttributes(flags.attr ?? []);
  const { config } = await loadSettings(context, flags, messagingFlags);
  const identity = await identityOf(context, flags, config);
  const endpoint = await findEndpoint(context, flags, config);
  const api = await openApi(context, endpoint);
  const sessionId = randomUUID();
  const attributes = attributesOf(flags, config, sessionId, more);
  const { clock, terminal } = context;
  const conversation = await openConversation(
    { ...config.messaging.conversation, identity, routingAttributes: attributes },
    { api, clock },
    context.signal,
  );
  const opened = openedDocument(context, conversation, sessionId, attributes);
  const { ended, sent, received, misread, warnings } = await chat(context, conversation, {
    name: safeText(flags.name ?? 'you').replaceAll('\n', ' '),
    stayMs,
    leave: AbortSignal.any([context.signal, readerGone(context)]),
    onOpen: (screen) => screen.say(openedText(conversation, terminal.mayPrompt), opened),
  });
  // A person has seen it and typed it again.
  const error = misread === 0 || terminal.mayPrompt ? undefined : misreadError(misread);
  return {
    status: error === undefined ? 'ok' : 'error',
    exitCode: error?.exitCode ?? exitCodes.done,
    result: { event: 'ended', conversationId: conversation.id, ended, sent, received },
    warnings: [...attributeWarnings(more, config.messaging.parameters), ...warnings],
    streamed: true,
    text: '',
    ...(error === undefined ? {} : { error }),
  };
}

function misreadError(count: number): OpencxError {
  return new OpencxError('USAGE', {
    message: `${count} ${count === 1 ? 'line' : 'lines'} of stdin asked for nothing there is; all else was done.`,
    nextSteps: ['opencx-sf messaging chat --help tells what lines there are.'],
  });
}

async function identityOf(context: CommandContext, flags: MessagingChatFlags, config: Config): Promise<Identity> {
  if (flags.anonymous === true) return { kind: 'anonymous' };
  const signer = await readSigner(context, flags, config);
  return { kind: 'verified', sign: () => signIdentityToken({ ...signer, subject: flags.sub }, context.clock) };
}

/** Those of a handoff, so that a flow routes a chat the same way, and the name for the pre-chat fields that Salesforce reserves. */
function attributesOf(
  { anonymous, sub, name }: MessagingChatFlags,
  { messaging }: Config,
  sessionId: string,
  more: Readonly<Record<string, string>>,
): Record<string, string> {
  const contact = anonymous === true ? {} : { id: sub };
  const [, first = '', last = ''] = /^(.*?)\s*(\S+)\s*$/.exec(name ?? '') ?? [];
  return {
    ...routingAttributes(messaging.parameters, { contact, messages: [] }, sessionId),
    ...(first === '' ? {} : { _firstName: first }),
    ...(last === '' ? {} : { _lastName: last }),
    ...more,
  };
}

function openedText(conversation: Conversation, attended: boolean): string {
  const subject = safeText(conversation.access().subject ?? 'a contact that the org does not name');
  const hint = attended ? ' /help lists commands; Ctrl-C ends the session.' : '';
  return `Conversation ${conversation.id}, as ${subject}.${hint}`;
}

function openedDocument(
  { clock }: CommandContext,
  conversation: Conversation,
  sessionId: string,
  attributes: Record<string, string>,
): MessagingChatResult {
  const { subject } = conversation.access();
  return {
    event: 'opened',
    at: new Date(clock.now()).toISOString(),
    conversationId: conversation.id,
    sessionId,
    ...(subject === undefined ? {} : { subject }),
    attributes,
  };
}
