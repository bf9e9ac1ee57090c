import { resolve } from 'node:path';

import { writePrivateFile } from '../../atomic-files.ts';
import { exitCodes } from '../../errors/exit-codes.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import { historiesOf, type EventHistory } from '../../handoff/export/event-history.ts';
import { historyJson } from '../../handoff/export/event-json.ts';
import { harText } from '../../handoff/export/har-text.ts';
import { selectEvents } from '../../handoff/export/select-events.ts';
import { safeJson } from '../../terminal/safe-text.ts';
import { packageVersion } from '../../version.ts';
import type { CommandContext } from '../command-context.ts';
import type { CommandResult } from '../command-result.ts';
import { openExistingStore, storePlace } from '../serve/store-place.ts';
import { eventContract } from './event-contract.ts';
import { eventFilter, wholeSession } from './event-filter.ts';
import type { EventsExportFlags } from './flags.ts';
import type { EventsExportResult } from './result-schema.ts';

/** `events export`: events with all that became of them, the oldest first, to stdout or into a private file. */
export async function eventsExportHandler(
  context: CommandContext,
  flags: EventsExportFlags,
): Promise<CommandResult<EventsExportResult>> {
  const { terminal, cwd } = context;
  if (flags.json === true && flags.output === undefined) {
    throw new OpencxError('MISSING_INPUT', {
      message: 'Missing: --output. Under --json stdout is for the one document, so what is exported goes into a file.',
      details: { missing: ['--output'] },
      nextSteps: ['Give --output <file>, or leave --json out: NDJSON is what export writes anyway.'],
    });
  }
  const contract = await eventContract(context, flags);
  const selection = eventFilter(context, contract, flags);
  const store = await openExistingStore(context, storePlace(context, flags));
  const ids: string[] = [];
  for await (const { id } of selectEvents(store, contract, await wholeSession(store, selection))) ids.push(id);
  let events = 0;
  async function* oldestFirst(): AsyncGenerator<EventHistory> {
    for await (const history of historiesOf(store, ids.toReversed())) {
      events += 1;
      yield history;
    }
  }
  const json = (value: unknown): string => safeJson(terminal.redactor.redactValue(value), 0);
  const one = (history: EventHistory): object => historyJson(contract, history);
  const isHar = flags.har === true;
  const format = isHar ? 'har' : 'ndjson';
  if (flags.output === undefined) {
    if (isHar) for await (const piece of archive(oldestFirst(), json)) terminal.bytesResult(Buffer.from(piece));
    else for await (const history of oldestFirst()) terminal.document(one(history), true);
    const result = { file: '-', format, events } as const;
    return { status: 'ok', exitCode: exitCodes.done, result, warnings: [], text: '' };
  }
  const file = resolve(cwd, flags.output);
  const written = isHar ? archive(oldestFirst(), json) : lines(oldestFirst(), (history) => json(one(history)));
  await writePrivateFile(file, written);
  const text = `✓ ${events} ${events === 1 ? 'event' : 'events'} written to ${file}`;
  return { status: 'ok', exitCode: exitCodes.done, result: { file, format, events }, warnings: [], text };
}

async function* lines(
  histories: AsyncIterable<EventHistory>,
  json: (history: EventHistory) => string,
): AsyncGenerator<string> {
  for await (const history of histories) yield `${json(history)}\n`;
}

async function* archive(
  histories: AsyncIterable<EventHistory>,
  json: (entry: unknown) => string,
): AsyncGenerator<string> {
  yield* harText(packageVersion(), histories, json);
  yield '\n';
}
