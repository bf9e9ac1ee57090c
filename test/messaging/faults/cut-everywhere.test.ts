import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';

import { systemClock } from '../../../src/clock.ts';
import type { Identity } from '../../../src/messaging/access/access.ts';
import type { MessagingApi } from '../../../src/messaging/api/messaging-api.ts';
import type { ConversationEvent } from '../../../src/messaging/conversation/conversation-event.ts';
import { openConversation } from '../../../src/messaging/conversation/open-conversation.ts';
import { openMessagingOrg } from '../../local-org/messaging/messaging-org.ts';
import { apiOf } from '../live-messaging.ts';
import { accessToken, subjectOfJane } from '../scripted-scrt.ts';

const jane: Identity = { kind: 'verified', sign: async () => 'eyJhbGciOiJSUzI1NiJ9.e30.c2ln' };

/** A session as it came over the wire, and what the org holds of it. */
interface Captured {
  readonly conversationId: string;
  readonly bytes: Buffer;
  readonly entries: readonly Readonly<Record<string, unknown>>[];
  /** Ids of what lasts, and texts, in the order of the org. */
  readonly truth: readonly string[];
}

/** How an org begins a stream that is resumed. */
const replays = ['what was missed', 'nothing', 'everything again'] as const;
type Replay = (typeof replays)[number];

/** `CUTS=all` cuts the whole session at each byte for each kind of replay (minutes); else a short one, the kinds in turn. */
const all = process.env['CUTS'] === 'all';
/** Of a short session, these events alone. */
const shortened = ['CONVERSATION_PARTICIPANT_CHANGED', 'CONVERSATION_MESSAGE', 'CONVERSATION_CLOSE_CONVERSATION'];

const lasting = new Set(['Message', 'ParticipantChanged', 'RoutingResult', 'SessionStatusChanged']);

async function capture(): Promise<Captured> {
  const org = await openMessagingOrg();
  try {
    await org.agent('rep@example.com', { name: 'Ríta 👩‍🚒 Rep' });
    await org.settings({ autoAccept: true });
    const customer = await org.customer();
    const stop = new AbortController();
    const { scrtUrl, organizationId } = org.client.org;
    const response = await fetch(`${scrtUrl}/eventrouter/v1/sse`, {
      headers: {
        authorization: `Bearer ${customer.token}`,
        'x-org-id': organizationId.slice(0, 15),
        'last-event-id': customer.lastEventId,
      },
      signal: stop.signal,
    });
    const chunks: Uint8Array[] = [];
    const reading = (async () => {
      for await (const chunk of response.body ?? []) {
        chunks.push(chunk);
        if (Buffer.concat(chunks).includes('CONVERSATION_CLOSE')) return;
      }
    })();
    await customer.begin();
    await customer.say('Grüße: mein Drucker brennt 🔥');
    const [work] = await org.work('rep@example.com');
    await org.control('POST', `agent-work/${work.id}/reply`, { text: 'Zwei\nZeilen — und “Zeichen”' });
    if (all) await customer.say('Danke');
    const { conversationId } = customer;
    const api = '/iamessage/api/v2/conversation';
    await customer.call('DELETE', `${api}/${conversationId}?esDeveloperName=${org.deployed.deployment}`);
    await reading;
    stop.abort();
    const whole = Buffer.concat(chunks);
    const events = whole
      .toString('utf8')
      .split(/(?<=\n\n)/)
      .filter((text) => all || shortened.some((name) => text.includes(name)));
    const entries = (await customer.entries()).filter(({ identifier }) =>
      events.some((text) => text.includes(identifier)),
    );
    const truth = entries.flatMap(({ identifier, entryType }) => (lasting.has(entryType) ? [String(identifier)] : []));
    return { conversationId, bytes: Buffer.from(events.join('')), entries, truth };
  } finally {
    await org.client.close();
  }
}

/**
 * A host that writes the session to the first stream of a client once its conversation is made, the first client's up to no byte,
 * the second's up to one, and so on; then it breaks the connection. Later streams begin as `replayFor` says for the cut.
 */
async function replaying(captured: Captured, replayFor: (cut: number) => Replay): Promise<string> {
  const { bytes, entries } = captured;
  const cuts = new Map<string, number>();
  const streams = new Map<string, ServerResponse>();
  const ends = eventEnds(bytes);
  const resume = (request: IncomingMessage, response: ServerResponse): void => {
    const replay = replayFor(cuts.get(String(request.headers.authorization)) ?? 0);
    if (replay === 'nothing') return;
    const last = ends.find(({ id }) => id === request.headers['last-event-id'])?.end ?? 0;
    response.write(bytes.subarray(replay === 'everything again' ? 0 : last));
  };
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const client = String(request.headers.authorization);
    const json = (status: number, body: object): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (pathname.endsWith('/access-token')) {
      const token = accessToken(subjectOfJane, 3600);
      cuts.set(`Bearer ${token}`, cuts.size);
      json(200, { accessToken: token, lastEventId: '0', context: { endUser: { subject: subjectOfJane } } });
    } else if (pathname.endsWith('/sse')) {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
      if (streams.has(client)) resume(request, response);
      else streams.set(client, response);
    } else if (pathname.endsWith('/entries')) {
      const from = Number(searchParams.get('startTimestamp') ?? 0);
      json(200, { conversationEntries: entries.filter((entry) => Number(entry['transcriptedTimestamp']) >= from) });
    } else {
      const stream = streams.get(client);
      json(201, {});
      stream?.write(bytes.subarray(0, cuts.get(client)), () => stream.destroy());
      if (cuts.get(client) === 0) stream?.destroy();
    }
  };
  const server = createServer((request, response) => {
    request.resume();
    request.once('end', () => answer(request, response));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Where each event of a stream ends, by its id. */
function eventEnds(bytes: Buffer): { id: string; end: number }[] {
  const ends = [];
  let start = 0;
  for (;;) {
    const end = bytes.indexOf('\n\n', start) + 2;
    if (end === 1) return ends;
    const id = /^id: ?(.*)$/m.exec(bytes.toString('utf8', start, end))?.[1];
    if (id !== undefined) ends.push({ id, end });
    start = end;
  }
}

/** Follows a session to its end. @returns the ids of its transcript, and how often each message was told */
async function followed(api: MessagingApi, conversationId: string): Promise<{ ids: string[]; told: string[] }> {
  const conversation = await openConversation(
    { identity: jane, conversationId, pace: { firstDelayMs: 0, firstPauseMs: 0, messagesPerMinute: 1000 } },
    { api, clock: systemClock },
  );
  const told: ConversationEvent[] = [];
  for await (const event of conversation) told.push(event);
  await conversation.dispose();
  return {
    ids: conversation.transcript().map(({ entryId }) => entryId),
    told: told.flatMap((event) => ('entryId' in event && isLasting(event) ? event.entryId : [])),
  };
}

function isLasting({ type }: ConversationEvent): boolean {
  return /^(?:message|participant|routing|transfer|session-)/.test(type);
}

describe('a stream that is cut', () => {
  let captured: Captured;
  beforeAll(async () => {
    captured = await capture();
    expect(captured.truth.length).toBeGreaterThan(2);
    expect(new Set(captured.truth).size).toBe(captured.truth.length);
  });

  const ways: [string, (cut: number) => Replay][] = all
    ? replays.map((one) => [one, () => one])
    : [['each in turn', (cut) => replays[cut % replays.length] ?? 'nothing']];
  test.each(ways)(
    'after any of its bytes loses nothing and tells nothing twice, whatever the org sends again (%s)',
    async (_name, replayFor) => {
      const { bytes, conversationId, truth } = captured;
      const api = await apiOf(await replaying(captured, replayFor));
      let left = bytes.length + 1;
      const clients = async (): Promise<void> => {
        while (left-- > 0) {
          const { ids, told } = await followed(api, conversationId);
          expect(ids).toEqual(truth);
          expect(told.toSorted()).toEqual(truth.toSorted());
        }
      };
      await Promise.all(Array.from({ length: 8 }, clients));
    },
    1_200_000,
  );
});
