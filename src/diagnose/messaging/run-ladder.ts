import { randomUUID } from 'node:crypto';

import { newMark } from '../handoff/mark.ts';
import { runStages } from '../timeline/run-stages.ts';
import { cleanUp } from './clean-up.ts';
import { rungTitles, type LadderEvent, type LadderOptions, type LadderRun, type Rung } from './ladder.ts';
import { accessTokenRung, deploymentRung, modesRung, verifiedRung } from './rungs/access.ts';
import { conversationRung, eventStreamRung, firstMessageRung, routingResultRung } from './rungs/conversation.ts';
import { conversationRowRung, messagingSessionRung, sessionFieldRung, workRung } from './rungs/records.ts';
import { openCxHistoryRung, repJoinedRung, repMessageRung } from './rungs/rep.ts';

const rungs: readonly Rung[] = [
  deploymentRung,
  accessTokenRung,
  verifiedRung,
  modesRung,
  eventStreamRung,
  conversationRung,
  firstMessageRung,
  routingResultRung,
  conversationRowRung,
  messagingSessionRung,
  workRung,
  sessionFieldRung,
  repJoinedRung,
  repMessageRung,
  openCxHistoryRung,
];

/**
 * Proves Live Messaging rung by rung with a conversation of its own, stops at the first that does not hold, and leaves no session
 * open: also after a failure, after Ctrl-C (the signal), and when nobody listens to the events any more.
 * @throws what no rung expects, once all is ended
 */
export async function* climbLadder(options: LadderOptions): AsyncGenerator<LadderEvent, void> {
  const { clock } = options.org;
  const run: LadderRun = { ...options, mark: newMark(clock), sessionId: randomUUID(), found: {} };
  const { signal } = options;
  const reports = yield* runStages(run, {
    stages: rungs,
    titles: rungTitles,
    cleanUp,
    stopAtFailure: true,
    remediesFor: () => [{ text: 'Look at what can be read.', command: 'opencx-sf verify --only messaging' }],
    clock,
    signal,
  });
  const { mark, sessionId, found } = run;
  const interrupted = signal?.aborted === true;
  yield { kind: 'end', outcome: { mark, sessionId, conversationId: found.conversationId, reports, interrupted } };
}
