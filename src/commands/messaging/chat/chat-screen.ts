import type { ConversationEvent } from '../../../messaging/conversation/conversation-event.ts';
import { openChatLine } from '../../../terminal/chat-line.ts';
import { safeText } from '../../../terminal/safe-text.ts';
import { wrap } from '../../../terminal/wrap.ts';
import type { CommandContext } from '../../command-context.ts';
import { eventJson } from '../conversation/event-json.ts';
import { eventLine } from '../conversation/event-line.ts';
import { streamedLine } from '../../streaming/streamed-line.ts';
import { jsonInput, typedInput, type ChatInput } from './chat-input.ts';
import type { MessagingChatResult } from './result-schema.ts';

/** What is seen of a chat and what is asked for in it: lines for people, documents under `--json`. */
export interface ChatScreen {
  readonly inputs: AsyncIterable<ChatInput>;
  event(event: ConversationEvent): void;
  /** Something that only one of the two says: a text for people, or a document. */
  say(text: string | undefined, document: MessagingChatResult | undefined): void;
  problem(text: string): void;
  close(): void;
}

export interface ChatScreenOptions {
  prompt: string;
  onEdit: (line: string) => void;
  signal: AbortSignal;
}

export function openChatScreen({ terminal, clock }: CommandContext, options: ChatScreenOptions): ChatScreen {
  const line = openChatLine(terminal, options);
  const read = terminal.json ? jsonInput : typedInput;
  const say: ChatScreen['say'] = (text, document) => {
    if (terminal.json) {
      if (document !== undefined) streamedLine(terminal, document);
    } else if (text !== undefined) line.note(wrap(text, terminal.columns, '  '));
  };
  return {
    inputs: {
      async *[Symbol.asyncIterator]() {
        for await (const text of line.lines) yield read(text);
      },
    },
    say,
    event(event) {
      if (terminal.json) return streamedLine(terminal, eventJson(event, clock.now()));
      const shown = eventLine(event, terminal, terminal.mayPrompt ? 'history' : 'told');
      if (shown === undefined) return;
      if (shown.kind === 'said') line.print(shown.text);
      else line.note(shown.text);
    },
    problem: (text) =>
      say(terminal.errColour.red(`✗ ${safeText(text)}`), {
        event: 'problem',
        at: new Date(clock.now()).toISOString(),
        text,
      }),
    close: () => line.close(),
  };
}
