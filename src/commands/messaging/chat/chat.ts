import { sleepUnlessAborted } from '../../../clock.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';
import { isAnswerLost } from '../../../messaging/api/api-error.ts';
import type { Conversation } from '../../../messaging/conversation/conversation.ts';
import { table } from '../../../terminal/table.ts';
import type { CommandContext } from '../../command-context.ts';
import { openBackground } from '../conversation/background.ts';
import { chatHelp, type ChatInput } from './chat-input.ts';
import { openChatScreen, type ChatScreen } from './chat-screen.ts';
import { readOutgoingFile } from './read-file.ts';
import { typingNotice } from './typing-notice.ts';

/** How long the last requests may take, in milliseconds; the person has asked to leave. */
const partingMs = 10_000;

export interface ChatOptions {
  /** Stands before what is typed. */
  readonly name: string;
  /** How long to stay after the end of stdin, in milliseconds. */
  readonly stayMs: number;
  /** The person leaves. */
  readonly leave: AbortSignal;
  /** Called once the screen is there. */
  readonly onOpen: (screen: ChatScreen) => void;
}

export interface ChatEnd {
  readonly ended: 'session' | 'conversation' | 'nothing';
  readonly sent: number;
  readonly received: number;
  /** Lines that asked for nothing there is. */
  readonly misread: number;
  readonly warnings: readonly string[];
}

/**
 * Speaks until the person leaves, stdin ends, or the conversation does. Nothing is left open: the session is ended, the token given
 * back.
 * @throws OpencxError of a conversation that can be followed no longer, or whose session could not be ended
 */
export async function chat(
  context: CommandContext,
  conversation: Conversation,
  options: ChatOptions,
): Promise<ChatEnd> {
  const background = openBackground();
  const typing = typingNotice(context.clock, (active) =>
    background.run('That the contact types could not be told.', () => conversation.typing(active)),
  );
  const over = new AbortController();
  const leave = AbortSignal.any([options.leave, over.signal]);
  const screen = openChatScreen(context, { prompt: `${options.name}> `, onEdit: typing.edited, signal: leave });
  const counts = { sent: 0, received: 0, misread: 0 };
  options.onOpen(screen);
  const heard = settled(tell(conversation, screen, background, counts).finally(() => over.abort()));
  const spoken = await settled(speak());
  typing.stopped();
  screen.close();
  // Whatever has made it end: all that follows is done, and the first failure is the one that is told.
  const last = spoken.status === 'fulfilled' ? spoken.value : undefined;
  const parted = await settled(over.signal.aborted ? nothing() : soon(context, 'Ending', part(conversation, last)));
  const receipts = await settled(soon(context, 'Telling what was read', background.settled()));
  const disposed = await settled(soon(context, 'Giving the token back', dispose(conversation)));
  const told = await heard;
  for (const end of [spoken, told, parted, receipts, disposed]) if (end.status === 'rejected') throw end.reason;
  const warnings = [receipts, disposed].flatMap((end) => (end.status === 'fulfilled' ? end.value : []));
  return { ended: parted.status === 'fulfilled' ? parted.value : 'nothing', ...counts, warnings };

  async function speak(): Promise<'close' | 'quit' | undefined> {
    const by = await obey(context, conversation, screen, typing.stopped, counts);
    if (by === undefined) await sleepUnlessAborted(context.clock, options.stayMs, leave);
    return by;
  }
}

/** How something ended, failure or not; there is more to be done in both cases. */
async function settled<T>(work: Promise<T>): Promise<PromiseSettledResult<T>> {
  const [result] = await Promise.allSettled([work]);
  return result;
}

async function nothing(): Promise<'nothing'> {
  return 'nothing';
}

async function tell(
  conversation: Conversation,
  screen: ChatScreen,
  background: ReturnType<typeof openBackground>,
  counts: { received: number },
): Promise<void> {
  for await (const event of conversation) {
    screen.event(event);
    if (event.type !== 'message' || event.own) continue;
    counts.received++;
    if (event.history) continue;
    for (const kind of ['Delivery', 'Read'] as const) {
      background.run('A message could not be acknowledged.', () => conversation.acknowledge(kind, [event.entryId]));
    }
  }
}

/** Does what is asked for until it is to leave. @returns what it was left by; undefined for the end of stdin */
async function obey(
  context: CommandContext,
  conversation: Conversation,
  screen: ChatScreen,
  typed: () => void,
  counts: { sent: number; misread: number },
): Promise<'close' | 'quit' | undefined> {
  for await (const input of screen.inputs) {
    if (input.kind === 'close' || input.kind === 'quit') return input.kind;
    typed();
    if (input.kind === 'problem') counts.misread++;
    try {
      if (await carryOut(input, context, conversation, screen)) counts.sent++;
    } catch (error) {
      // A person sees it and tries again; a program that pipes lines in would lose one.
      if (!context.terminal.mayPrompt || !mayTryAgain(error)) throw error;
      screen.problem(input.kind === 'text' ? `${unsent(error)}: ${input.text}\n${error.message}` : error.message);
    }
  }
  return undefined;
}

/** What was typed is gone from the line: only this says what has become of it. */
function unsent(error: OpencxError): string {
  return isAnswerLost(error) ? 'NOT KNOWN TO BE SENT' : 'NOT SENT';
}

function mayTryAgain(error: unknown): error is OpencxError {
  return (
    error instanceof OpencxError && ['NETWORK', 'ORG_REFUSED', 'ORG_UNEXPECTED_ANSWER', 'USAGE'].includes(error.code)
  );
}

/** @returns whether something was sent */
async function carryOut(
  input: Exclude<ChatInput, { kind: 'close' | 'quit' }>,
  { cwd, clock }: CommandContext,
  conversation: Conversation,
  screen: ChatScreen,
): Promise<boolean> {
  switch (input.kind) {
    case 'text':
    case 'file': {
      const { id, newSession } = await (input.kind === 'text'
        ? conversation.send(input.text)
        : conversation.sendFile(await readOutgoingFile(input.path, cwd)));
      const at = new Date(clock.now()).toISOString();
      screen.say(undefined, { event: 'sent', at, messageId: id, newSession });
      return true;
    }
    case 'typing':
      await conversation.typing(input.active);
      return false;
    case 'end':
      if (!(await conversation.endSession())) screen.problem('There is no session to end; the next text opens one.');
      return false;
    case 'help':
      screen.say(table(chatHelp), undefined);
      return false;
    case 'problem':
      screen.problem(input.text);
      return false;
    case 'nothing':
      return false;
  }
}

/** Ends what is left to be ended. */
async function part(conversation: Conversation, last: 'close' | 'quit' | undefined): Promise<ChatEnd['ended']> {
  if (last !== 'close') return await conversation.end();
  return (await conversation.close()) ? 'conversation' : 'nothing';
}

async function dispose(conversation: Conversation): Promise<string[]> {
  try {
    // The way to give an anonymous token back is not documented.
    await conversation.dispose({ revoke: conversation.access().verified });
    return [];
  } catch (error) {
    if (!(error instanceof OpencxError)) throw error;
    return [`The access token could not be given back and ends by itself. ${error.message}`];
  }
}

/** The network may be what makes a person leave: it holds nobody up for long. @throws OpencxError NETWORK after the time */
async function soon<T>({ clock }: CommandContext, doing: string, work: Promise<T>): Promise<T> {
  const timer = new AbortController();
  const late = sleepUnlessAborted(clock, partingMs, timer.signal).then(() => {
    if (timer.signal.aborted) return undefined;
    throw new OpencxError('NETWORK', {
      message: `${doing} took more than ${partingMs / 1000} seconds and was given up; Salesforce ends sessions and tokens by their time-outs.`,
    });
  });
  try {
    await Promise.race([work, late]);
    return await work;
  } finally {
    timer.abort();
  }
}
