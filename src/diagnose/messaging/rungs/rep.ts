import type {
  ConversationEvent,
  MessageEvent,
  ParticipantEvent,
} from '../../../messaging/conversation/conversation-event.ts';
import { done, skipped, waiting } from '../../timeline/stage.ts';
import type { LadderRun, Rung } from '../ladder.ts';

const isAgent = (event: ConversationEvent): event is ParticipantEvent =>
  event.type === 'participant-joined' && event.participant.role === 'Agent';

const isAgentMessage = (event: ConversationEvent): event is MessageEvent =>
  event.type === 'message' && event.from.role === 'Agent';

const nobody = 'nobody was waited for';
const howToWait = {
  remedy: [
    {
      text: 'Let a rep accept the conversation in the Service Console meanwhile.',
      command: 'opencx-sf verify messaging --wait 5m',
    },
  ],
};

/** A person, or where the org lets a program do it, the program. */
export const repJoinedRung: Rung = {
  id: 'rep-joined',
  asks: ({ rep, waitMs, found, mark }) =>
    rep === undefined && waitMs > 0
      ? `accept the conversation in the Service Console (queue ${found.queue ?? 'as routed'}) and answer it; it begins with ${mark}`
      : undefined,
  run: async (run) => {
    const { found, rep, signal } = run;
    if (rep === undefined && run.waitMs === 0) return skipped(nobody, howToWait);
    await rep?.accept(found.messagingSession ?? '');
    const joined = await found.events?.first(isAgent, patience(run), signal);
    if (joined !== undefined) return done(joined.participant.name ?? 'a rep without a name');
    return waiting('no rep has joined', {
      remedy: [
        {
          text: `A member of the queue ${found.queue ?? ''} has to be online in Omni-Channel, with room for more work.`.replace(
            '  ',
            ' ',
          ),
        },
      ],
    });
  },
};

/** What a rep writes comes by the event stream; OpenCX lives by it. */
export const repMessageRung: Rung = {
  id: 'rep-message',
  run: async (run) => {
    const { found, rep, signal, mark } = run;
    if (found.events?.events.some(isAgent) !== true) return skipped('no rep has joined');
    await rep?.reply(`${mark} Received.`);
    const message = await found.events.first(isAgentMessage, patience(run), signal);
    if (message === undefined) return waiting('the rep has not written');
    return done(`"${message.text.slice(0, 80)}"`, {
      evidence: [`by ${message.source === 'stream' ? 'the event stream' : 'the list of entries'}`],
    });
  },
};

function patience({ rep, waitMs, patienceMs }: LadderRun): number {
  return rep === undefined ? waitMs : patienceMs;
}

/** The conversation is this test's and no session of OpenCX: there is nothing of it there. */
export const openCxHistoryRung: Rung = {
  id: 'opencx-history',
  run: () =>
    Promise.resolve(
      skipped('the test conversation is no session of OpenCX', {
        remedy: [
          {
            text: 'Escalate a session in OpenCX, answer it in Salesforce, and look at its history there (agent_message).',
          },
        ],
      }),
    ),
};
