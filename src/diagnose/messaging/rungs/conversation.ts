import { openConversation } from '../../../messaging/conversation/open-conversation.ts';
import type { ConversationEvent, RoutingEvent } from '../../../messaging/conversation/conversation-event.ts';
import { withDeadline } from '../../../messaging/stream/deadline.ts';
import { conversationIdOf } from '../../../messaging/handoff/session-ids.ts';
import { durationText } from '../../timeline/duration-text.ts';
import { done, failed, skipped, waiting } from '../../timeline/stage.ts';
import { readConversation } from '../event-log.ts';
import type { LadderRun, Rung } from '../ladder.ts';

/** Whether events can come at all: some proxies swallow event streams. */
export const eventStreamRung: Rung = {
  id: 'event-stream',
  run: async ({ api, org, config, found, patienceMs, signal }) => {
    const { access } = found;
    if (access === undefined) return skipped('there is no access token');
    if (config.messaging.conversation.transport === 'poll') return skipped('messaging.conversation.transport is poll');
    const opened = new AbortController();
    const both = signal === undefined ? opened.signal : AbortSignal.any([opened.signal, signal]);
    try {
      const { facts, token } = access;
      const opening = api.openStream(token, facts.orgId, facts.lastEventId, both);
      const silence = `no answer for ${durationText(patienceMs)}: something in between holds event streams back`;
      const { status, headers } = await withDeadline(org.clock, patienceMs, opening, silence);
      return done(`HTTP ${status}, ${headers.get('content-type') ?? 'without a content type'}`);
    } finally {
      opened.abort();
    }
  },
};

/** As OpenCX makes it: with the routing attributes of a session. */
export const conversationRung: Rung = {
  id: 'conversation',
  run: async (run) => {
    const { api, org, sign, found, signal } = run;
    const conversationId = conversationIdOf(run.sessionId);
    found.conversationId = conversationId;
    const conversation = await openConversation(
      {
        identity: { kind: 'verified', sign },
        ...run.config.messaging.conversation,
        conversationId,
        routingAttributes: attributesOf(run),
      },
      { api, clock: org.clock },
      signal,
    );
    found.conversation = conversation;
    found.events = readConversation(conversation, org.clock);
    return done(conversation.id, {
      evidence: Object.entries(attributesOf(run)).map(([name, value]) => `${name} = ${value}`),
    });
  },
};

function attributesOf({ config, sessionId }: LadderRun): Record<string, string> {
  const { parameters } = config.messaging;
  return {
    [parameters.sessionId]: sessionId,
    [parameters.consumerType]: 'Authenticated',
    [parameters.origin]: 'MIABOT',
    [parameters.priority]: 'Low',
    [parameters.language]: 'en',
  };
}

/** Taken: a session is there, or this message has opened one. That there is none all the same (417) is an error of its own. */
export const firstMessageRung: Rung = {
  id: 'first-message',
  run: async ({ mark, found, signal }) => {
    const { conversation } = found;
    if (conversation === undefined) return skipped('there is no conversation');
    await conversation.send(
      `${mark} A test of opencx-sf. Nobody waits for an answer.`,
      signal === undefined ? {} : { signal },
    );
    return done('HTTP 202');
  },
};

const isRouting = (event: ConversationEvent): event is RoutingEvent => event.type === 'routing-result';

/** What Omni-Channel said. It is told by an event alone: no row keeps it. */
export const routingResultRung: Rung = {
  id: 'routing-result',
  run: async ({ found, patienceMs, signal, config }) => {
    const result = await found.events?.first(isRouting, patienceMs, signal);
    if (result === undefined) {
      return waiting('no routing result came', {
        remedy: [
          {
            text: 'Look at the flow of the channel: it has to route the work.',
            command: 'opencx-sf verify --only messaging',
          },
        ],
      });
    }
    found.routedTo = result.queueId;
    const evidence = [
      `failureType: ${result.failureType}`,
      ...(result.failureReason === undefined ? [] : [`failureReason: ${result.failureReason}`]),
      ...result.errorMessages,
    ];
    if (result.ok)
      return done(result.queueId === undefined ? 'failureType None' : `failureType None, queue ${result.queueId}`, {
        evidence,
      });
    return failed(
      `${result.failureType}: ${result.failureReason ?? (result.errorMessages.join(' ') || 'without a reason')}`,
      {
        evidence,
        remedy: [
          {
            text: `Omni-Channel could not route. Run the flow ${config.messaging.flow} in the debugger of Flow Builder, and see that its queue takes Messaging Sessions.`,
          },
          { text: 'Check what can be read.', command: 'opencx-sf verify --only messaging' },
        ],
      },
    );
  },
};
