import { exitCodes } from '../../errors/exit-codes.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import { curlOfEvent } from '../../handoff/export/curl.ts';
import { readHistories } from '../../handoff/export/event-history.ts';
import { safeText } from '../../terminal/safe-text.ts';
import type { CommandContext } from '../command-context.ts';
import type { CommandResult } from '../command-result.ts';
import { openExistingStore, storePlace } from '../serve/store-place.ts';
import { eventContract } from './event-contract.ts';
import { historyJson } from '../../handoff/export/event-json.ts';
import { findEvent } from './find-event.ts';
import type { EventsShowFlags } from './flags.ts';
import { eventText } from './present-event.ts';
import type { EventsShowResult } from './result-schema.ts';

/** `events show`: all there is about one event. */
export async function eventsShowHandler(
  context: CommandContext,
  flags: EventsShowFlags,
): Promise<CommandResult<EventsShowResult>> {
  if ([flags.raw, flags.curl, flags.json].filter((flag) => flag === true).length > 1) {
    throw new OpencxError('USAGE', {
      message: '--raw, --curl and --json exclude each other: each is a form of its own.',
    });
  }
  const contract = await eventContract(context, flags);
  const store = await openExistingStore(context, storePlace(context, flags));
  const event = await findEvent(store, flags.id);
  const [history = { event, deliveries: [] }] = await readHistories(store, [event]);
  const result = historyJson(contract, history);
  if (flags.raw === true) context.terminal.bytesResult(event.body);
  const text =
    flags.raw === true ? '' : flags.curl === true ? safeText(curlOfEvent(history)) : eventText(context, result);
  return { status: 'ok', exitCode: exitCodes.done, result, warnings: [], text };
}
