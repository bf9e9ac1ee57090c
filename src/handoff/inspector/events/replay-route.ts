import type { IncomingMessage } from 'node:http';

import { OpencxError } from '../../../errors/opencx-error.ts';
import type { EventHistory } from '../../export/event-history.ts';
import { refusal, response, type Answer } from '../../http/answer.ts';
import { UnreadableJson } from '../../http/parse-json.ts';
import type { DataPorts } from '../data-ports.ts';
import { readWish } from '../read-wish.ts';
import { replayWishSchema, type ReplayWish } from '../shown-schema.ts';
import { replayShown, type Replay } from './replay-shown.ts';

/** Takes the wish for a replay: 201 with the id of the new event once it is in the store, or why there is none. */
export async function replayRoute(
  incoming: IncomingMessage,
  history: EventHistory,
  ports: DataPorts,
): Promise<Response> {
  const read = await readWish(incoming, ports.limits, replayWishSchema);
  if ('refused' in read) return response(read.refused);
  const replay = makeReplay(read.wish, history, ports);
  if ('status' in replay) return response(replay);
  const accepted = await ports.health.tried('accept', () => ports.store.accept(replay.event, replay.deliveries));
  if (accepted === undefined) return response(refusal(503, 'The store cannot be written at the moment.'));
  ports.onDeliverable();
  return response({ status: 201, body: { id: accepted.event.id } });
}

function makeReplay(
  wish: ReplayWish,
  { event, deliveries }: EventHistory,
  { limits, clock }: DataPorts,
): Replay | Answer {
  const went = deliveries.map(({ delivery }) => delivery);
  try {
    const replay = replayShown(event, went, wish, { now: clock.now(), maxDepth: limits.maxJsonDepth });
    return replay.event.body.length > limits.maxBodyBytes ? refusal(413, 'The edited body is too large.') : replay;
  } catch (error) {
    if (error instanceof UnreadableJson || (error instanceof OpencxError && error.code === 'USAGE')) {
      return refusal(400, error.message);
    }
    throw error;
  }
}
