import type { OrgState } from '../../state/org-state.ts';
import { KEPT_ENTRY_TYPES } from '../conversations/entry.ts';
import { listEntries } from '../conversations/entry-store.ts';
import type { StoredConversation } from '../conversations/stored-conversation.ts';
import { entryWire } from '../stream/event-text.ts';
import { wholeNumber } from './requests/query-values.ts';
import { badRequest } from './scrt-error.ts';

/**
 * Entries of a conversation as `limit` (20, at most 50), `startTimestamp`, `endTimestamp` (milliseconds, both included),
 * `direction` and `entryTypeFilter` ask for them. From the end, the latest come first. That this is the direction where none
 * is given, and the order of what is answered then, are not confirmed.
 * @throws ScrtError 400
 */
export function entriesPage(
  org: OrgState,
  conversation: StoredConversation,
  query: Readonly<Record<string, string>>,
): object[] {
  const limit = wholeNumber(query['limit'], 'limit', { least: 1, most: 50, otherwise: 20 });
  const time = { least: 0, most: Number.MAX_SAFE_INTEGER, otherwise: undefined };
  const start = wholeNumber(query['startTimestamp'], 'startTimestamp', time) ?? 0;
  const end = wholeNumber(query['endTimestamp'], 'endTimestamp', time) ?? Number.MAX_SAFE_INTEGER;
  const types = typesOf(query['entryTypeFilter']);
  const meant = listEntries(org, conversation.id).filter(
    ({ entryType, transcriptedTimestamp }) =>
      types.includes(entryType) && transcriptedTimestamp >= start && transcriptedTimestamp <= end,
  );
  const directed = isFromStart(query['direction']) ? meant : meant.toReversed();
  return directed.slice(0, limit).map((entry) => ({ ...entryWire(entry), entryPayload: entry.payload }));
}

function isFromStart(direction = 'FromEnd'): boolean {
  if (direction !== 'FromStart' && direction !== 'FromEnd') {
    throw badRequest('Specify direction as FromStart or FromEnd.');
  }
  return direction === 'FromStart';
}

function typesOf(filter: string | undefined): readonly string[] {
  if (filter === undefined || filter === '') return KEPT_ENTRY_TYPES;
  const types = filter.split(',');
  const unknown = types.find((type) => !(KEPT_ENTRY_TYPES as readonly string[]).includes(type));
  if (unknown !== undefined) throw badRequest(`Specify a valid entryTypeFilter: ${unknown} is none.`);
  return types;
}
