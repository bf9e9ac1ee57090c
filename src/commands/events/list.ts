import type { EventSummaryJson } from '../../handoff/export/event-schema.ts';
import { exitCodes } from '../../errors/exit-codes.ts';
import { OpencxError } from '../../errors/opencx-error.ts';
import { readHistories } from '../../handoff/export/event-history.ts';
import { selectEvents } from '../../handoff/export/select-events.ts';
import type { HandoffStore } from '../../handoff/store/handoff-store.ts';
import type { CommandContext } from '../command-context.ts';
import type { CommandResult } from '../command-result.ts';
import { openExistingStore, storePlace } from '../serve/store-place.ts';
import { eventContract } from './event-contract.ts';
import { eventFilter, wholeSession } from './event-filter.ts';
import { rejectionJson, summaryJson } from '../../handoff/export/event-json.ts';
import type { EventsListFlags } from './flags.ts';
import { eventTable, rejectionTable } from './present-list.ts';
import type { EventsListResult } from './result-schema.ts';

/** `events list`: what was recorded, the newest first. */
export async function eventsListHandler(
  context: CommandContext,
  flags: EventsListFlags,
): Promise<CommandResult<EventsListResult>> {
  const limit = limitOf(flags.limit);
  const contract = await eventContract(context, flags);
  const selection = eventFilter(context, contract, flags);
  if (flags.rejected === true && Object.keys(selection).length > 0) {
    throw new OpencxError('USAGE', {
      message: '--rejected lists calls that are no events; no filter applies to them.',
    });
  }
  const store = await openExistingStore(context, storePlace(context, flags));
  if (flags.rejected === true) return await rejected(context, store, limit);
  const events: EventSummaryJson[] = [];
  let more = false;
  for await (const event of selectEvents(store, contract, await wholeSession(store, selection))) {
    more = events.length === limit;
    if (more) break;
    const [history] = await readHistories(store, [event]);
    if (history !== undefined) events.push(summaryJson(contract, history));
  }
  if (more) context.terminal.note(`These are the newest ${limit}; a filter or --limit shows others.`);
  const text = events.length === 0 ? 'No such event.' : eventTable(context, events);
  return { status: 'ok', exitCode: exitCodes.done, result: { events, more }, warnings: [], text };
}

async function rejected(
  context: CommandContext,
  store: HandoffStore,
  limit: number,
): Promise<CommandResult<EventsListResult>> {
  const rejections = (await store.rejections(limit)).map(rejectionJson);
  const text = rejections.length === 0 ? 'No call was refused.' : rejectionTable(context, rejections);
  return { status: 'ok', exitCode: exitCodes.done, result: { rejections }, warnings: [], text };
}

const largestLimit = 1000;

function limitOf(text: string): number {
  const limit = Number(text);
  if (/^\d+$/.test(text) && limit >= 1 && limit <= largestLimit) return limit;
  throw new OpencxError('USAGE', { message: `--limit takes a number from 1 to ${largestLimit}, not "${text}".` });
}
