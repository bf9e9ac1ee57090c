import { stripVTControlCharacters } from 'node:util';

import type { WebhookContract } from '../../../blueprint/webhook-contract.ts';
import type { ServeEvent } from '../../../handoff/serve-event.ts';
import { safeText } from '../../../terminal/safe-text.ts';
import { openWatchScreen } from '../../../terminal/watch-screen.ts';
import { wrap } from '../../../terminal/wrap.ts';
import type { CommandContext } from '../../command-context.ts';
import { streamedLine } from '../../streaming/streamed-line.ts';
import { eventJson } from './event-json.ts';
import { eventLine } from './event-line.ts';

/** What is seen of a serve that runs: a line an event, or a document. */
export interface ServeScreen {
  event(event: ServeEvent): void;
  note(text: string): void;
  readonly left: AbortSignal;
  close(): void;
}

/** What is too long for the screen goes on below, behind the time. */
const continued = '          ';

/** @param keys what single keys do, by the letter */
export function openServeScreen(
  { terminal, signal }: CommandContext,
  contract: WebhookContract,
  keys: ReadonlyMap<string, () => void>,
): ServeScreen {
  let filter = '';
  const screen = openWatchScreen(terminal, {
    keys,
    question: {
      key: 'f',
      prompt: 'only lines with (empty: all): ',
      answer(text) {
        filter = text.trim().toLowerCase();
        screen.note(filter === '' ? 'All lines are shown.' : `Only lines with "${safeText(text.trim())}" are shown.`);
      },
    },
    signal,
  });
  return {
    event(event) {
      if (terminal.json) return streamedLine(terminal, eventJson(event));
      const line = eventLine(event, contract, terminal);
      if (line === undefined) return;
      const text = wrap(line.text, terminal.outColumns, continued);
      if (line.kind === 'loud') screen.note(text);
      else if (stripVTControlCharacters(line.text).toLowerCase().includes(filter)) screen.print(text);
    },
    note: (text) => screen.note(text),
    left: screen.left,
    close: () => screen.close(),
  };
}
