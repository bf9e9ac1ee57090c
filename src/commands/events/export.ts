import { resolve } from 'node:path';

import { writePrivateFile } from '../../atomic-files.ts';
import { exitCodes } from '../../errors/exit-codes.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import { readHistories, type EventHistory } from '../../handoff/export/event-history.ts';
import { harDocument, harEntries } from '../../handoff/export/har.ts';
import { selectEvents } from '../../handoff/export/select-events.ts';
import { packageVersion } from '../../version.ts';
import type { CommandContext } from '../command-context.ts';
import type { CommandResult } from '../command-result.ts';
import { openExistingStore, storePlace } from '../serve/store-place.ts';
import { eventContract } from './event-contract.ts';
import { eventFilter, wholeSession } from './event-filter.ts';
import { historyJson } from '../../handoff/export/event-json.ts';
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
  const histories: EventHistory[] = [];
  for await (const event of selectEvents(store, contract, await wholeSession(store, selection))) {
    histories.push(...(await readHistories(store, [event])));
  }
  histories.reverse();
  const values: unknown[] =
    flags.har === true
      ? [harDocument(packageVersion(), histories.flatMap(harEntries))]
      : histories.map((history) => historyJson(contract, history));
  const format = flags.har === true ? 'har' : 'ndjson';
  const result: EventsExportResult = { file: flags.output ?? '-', format, events: histories.length };
  if (flags.output === undefined) {
    for (const value of values) terminal.document(value, true);
    return { status: 'ok', exitCode: exitCodes.done, result, warnings: [], text: '' };
  }
  const file = resolve(cwd, flags.output);
  const lines = values.map((value) => `${JSON.stringify(terminal.redactor.redactValue(value))}\n`);
  await writePrivateFile(file, lines.join(''));
  const text = `✓ ${histories.length} ${histories.length === 1 ? 'event' : 'events'} written to ${file}`;
  return { status: 'ok', exitCode: exitCodes.done, result: { ...result, file }, warnings: [], text };
}
