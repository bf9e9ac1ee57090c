import { exitCodes } from '../../../errors/exit-codes.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';
import type { Conversation } from '../../../messaging/conversation/conversation.ts';
import { handOff } from '../../../messaging/handoff/hand-off.ts';
import { handoffSteps } from '../../../messaging/handoff/handoff-event.ts';
import { startProgress } from '../../../terminal/progress.ts';
import { wrap } from '../../../terminal/wrap.ts';
import type { CommandContext } from '../../command-context.ts';
import type { CommandResult } from '../../command-result.ts';
import { parseDuration } from '../../duration.ts';
import { loadSettings } from '../../load-settings.ts';
import { readerGone } from '../../streaming/reader-gone.ts';
import { messagingFlags } from '../access/flags.ts';
import { findEndpoint, openApi } from '../access/open-messaging.ts';
import { readSigner } from '../access/signer.ts';
import { attributeWarnings, readAttributes } from '../conversation/attributes.ts';
import { eventJson } from '../conversation/event-json.ts';
import { eventLine } from '../conversation/event-line.ts';
import { streamedLine } from '../../streaming/streamed-line.ts';
import type { MessagingHandoffFlags } from './flags.ts';
import { followReplies, type Followed } from './follow-replies.ts';
import { stepText } from './present-step.ts';
import { readSession, type Session } from './read-transcript.ts';
import type { HandoffEndJson, MessagingHandoffResult } from './result-schema.ts';
import { stepJson } from './step-json.ts';

/** `messaging handoff`: one session passed to Salesforce as OpenCX does it, and what comes back. */
export async function messagingHandoffHandler(
  context: CommandContext,
  flags: MessagingHandoffFlags,
): Promise<CommandResult<MessagingHandoffResult>> {
  context.terminal.documentPerLine();
  const waitMs = typeof flags.wait === 'string' ? parseDuration(flags.wait, '--wait', 'm') : undefined;
  const attributes = readAttributes(flags.attr ?? []);
  const { config } = await loadSettings(context, flags, messagingFlags);
  refuseSessionAttribute(attributes, config.messaging.parameters.sessionId);
  const session = await readSession(context, flags);
  const signer = await readSigner(context, flags, config);
  const endpoint = await findEndpoint(context, flags, config);
  const api = await openApi(context, endpoint);
  const { sessionId } = session;
  context.terminal.note(
    wrap(`Session ${sessionId} is handed off; --session ${sessionId} finds it again.`, context.terminal.columns),
  );
  const conversation = await passOn(
    context,
    handOff(
      {
        ...session,
        channel: flags.channel ?? session.transcript.channel,
        conversation: config.messaging.conversation,
        names: config.messaging.parameters,
        attributes,
        signer,
      },
      { api, clock: context.clock, signal: context.signal },
    ),
  );
  const followed = flags.wait === false ? await left(conversation) : await follow(context, conversation, waitMs);
  return answer(session, conversation, followed, attributeWarnings(attributes, config.messaging.parameters));
}

/** The conversation follows from the session: the two must not differ. @throws OpencxError USAGE */
function refuseSessionAttribute(attributes: Readonly<Record<string, string>>, name: string): void {
  if (!Object.hasOwn(attributes, name)) return;
  throw new OpencxError('USAGE', { message: `--attr ${name}=… cannot be given: --session says which session it is.` });
}

/** Steps one to six, each told when it is done. */
async function passOn(context: CommandContext, events: ReturnType<typeof handOff>): Promise<Conversation> {
  const { terminal } = context;
  const progress = await startProgress(terminal);
  try {
    for await (const event of events) {
      switch (event.kind) {
        case 'begin':
          if (event.step !== 'replies') progress.update(handoffSteps[event.step]);
          break;
        case 'sending':
          // In a log the step alone is told: one line for each message would bury the rest.
          if (terminal.canRedraw) progress.update(sendingText(event.number, event.messages));
          break;
        case 'done': {
          const json = stepJson(event);
          if (terminal.json) streamedLine(terminal, json);
          else progress.line(stepText(json, terminal.errColour, terminal.columns));
          break;
        }
        case 'handed-off':
          return event.conversation;
      }
    }
  } finally {
    progress.stop();
  }
  throw new OpencxError('INTERNAL', { message: 'The handoff ended without a conversation.' });
}

function sendingText(number: number, messages: number): string {
  return `${handoffSteps['opening-message']}: ${number} of ${messages}`;
}

async function left(conversation: Conversation): Promise<Followed> {
  await conversation.dispose();
  return { why: 'not-followed', replies: 0, unrouted: undefined, warnings: [] };
}

async function follow(
  context: CommandContext,
  conversation: Conversation,
  waitMs: number | undefined,
): Promise<Followed> {
  const { terminal, clock } = context;
  terminal.note(`… 7 ${terminal.errColour.bold(handoffSteps.replies)}: as they come. Ctrl-C ends.`);
  return await followReplies(conversation, {
    clock,
    waitMs,
    leave: AbortSignal.any([context.signal, readerGone(context)]),
    onEvent: (event) => {
      if (terminal.json) return streamedLine(terminal, eventJson(event, clock.now()));
      // Steps three and six have shown what this side says.
      const line = eventLine(event, terminal, 'hidden');
      if (line === undefined) return;
      if (line.kind === 'said') terminal.result(line.text);
      else terminal.note(line.text);
    },
  });
}

function answer(
  { sessionId }: Session,
  conversation: Conversation,
  { why, replies, unrouted, warnings }: Followed,
  attributes: readonly string[],
): CommandResult<HandoffEndJson> {
  const messagingSessionId = conversation
    .transcript()
    .findLast((entry) => entry.messagingSessionId !== undefined)?.messagingSessionId;
  const error = endError(why, replies, unrouted, sessionId);
  return {
    status: error === undefined ? 'ok' : error.exitCode === exitCodes.stillRunning ? 'pending' : 'error',
    exitCode: error?.exitCode ?? exitCodes.done,
    result: {
      event: 'ended',
      sessionId,
      conversationId: conversation.id,
      ...(messagingSessionId === undefined ? {} : { messagingSessionId }),
      why,
      replies,
    },
    warnings: [...attributes, ...warnings],
    streamed: true,
    text: '',
    ...(error === undefined ? {} : { error }),
  };
}

function endError(
  why: Followed['why'],
  replies: number,
  unrouted: string | undefined,
  sessionId: string,
): OpencxError | undefined {
  if (unrouted !== undefined) {
    return new OpencxError('HANDOFF_FAILED', {
      message: `Salesforce took the conversation and could not route it: ${unrouted}`,
      nextSteps: ['Check flow, queue and members of the channel: opencx-sf verify, and Setup → Omni-Channel.'],
    });
  }
  if (why !== 'wait-over' || replies > 0) return undefined;
  return new OpencxError('STILL_WAITING', {
    message: 'The conversation is in Salesforce; nobody has replied within the time.',
    nextSteps: [`Look again: the same command with --session ${sessionId}.`],
  });
}
