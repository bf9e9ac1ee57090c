import { isJsonObject } from '../../http/json-body.ts';
import { RestError } from '../../http/rest-error.ts';
import type { RouteRegistrant } from '../../http/route.ts';
import { resourceNotFound } from '../../http/session-guard.ts';
import type { ConversationEntry } from '../conversations/entry.ts';
import { listEntries } from '../conversations/entry-store.ts';
import { findConversation } from '../conversations/stored-conversation.ts';

/** First version with the resource (Connect REST API guide, "Conversation Entries"). */
const FIRST_VERSION = 51;

/**
 * Messages of a conversation to who is logged in to the org: they are in no query. `queryDirection` is FromEnd unless given,
 * `recordLimit` 25 and at most 1000, times are milliseconds. The permission Access Conversation Entries is not looked at.
 */
export const registerConversationEntriesRoute: RouteRegistrant = (app, org) => {
  app.get('/services/data/:version/connect/conversation/:id/entries', (c) => {
    if (Number(c.req.param('version').slice(1)) < FIRST_VERSION) throw resourceNotFound();
    const conversation = findConversation(org, c.req.param('id'));
    if (conversation === undefined) throw resourceNotFound();
    const { queryDirection = 'FromEnd', recordLimit, startTimestamp, endTimestamp } = c.req.query();
    if (queryDirection !== 'FromEnd' && queryDirection !== 'FromStart') throw illegal('queryDirection');
    const limit = number('recordLimit', recordLimit, 25);
    if (limit < 1 || limit > 1000) throw illegal('recordLimit');
    const start = number('startTimestamp', startTimestamp, 0);
    const end = number('endTimestamp', endTimestamp, Number.MAX_SAFE_INTEGER);
    const messages = listEntries(org, conversation.id)
      .filter(({ entryType }) => entryType === 'Message')
      .filter(({ transcriptedTimestamp: time }) => time >= start && time <= end);
    const directed = queryDirection === 'FromStart' ? messages : messages.toReversed();
    return c.json({ conversationEntries: directed.slice(0, limit).map(entryOf) });
  });
};

function entryOf(entry: ConversationEntry): object {
  const { clientTimestamp, identifier, payload, relatedRecords, sender, transcriptedTimestamp } = entry;
  const message = isJsonObject(payload['abstractMessage']) ? payload['abstractMessage'] : {};
  const content = isJsonObject(message['staticContent']) ? message['staticContent'] : {};
  const { appType, role, subject } = sender;
  return {
    clientDuration: 0,
    clientTimestamp,
    identifier,
    messageText: content['text'] ?? '',
    relatedRecords,
    sender: { appType, role, subject },
    serverReceivedTimestamp: transcriptedTimestamp,
  };
}

function number(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined || text === '') return otherwise;
  if (!/^\d+$/.test(text)) throw illegal(name);
  return Number(text);
}

/** The code is that of the Connect API for parameters; the words are ours. */
function illegal(name: string): RestError {
  return new RestError(400, 'ILLEGAL_QUERY_PARAMETER_VALUE', `Specify a valid value for the ${name} parameter.`);
}
