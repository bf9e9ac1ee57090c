import type { IncomingMessage } from 'node:http';

import { z } from 'zod';

import { OpencxError } from '../../errors/opencx-error.ts';
import type { EventHistory } from '../export/event-history.ts';
import { refusal, response, type Answer } from '../http/answer.ts';
import { parseJson, UnreadableJson } from '../http/parse-json.ts';
import { readBody } from '../http/read-body.ts';
import { bodyRefusal } from '../http/read-webhook.ts';
import { headersOf } from '../http/webhook-intake.ts';
import type { DataPorts } from './data-routes.ts';
import { replayShown, type Replay } from './replay-shown.ts';
import { replayWishSchema } from './shown-schema.ts';

/** Takes the wish for a replay: 201 with the id of the new event once it is in the store, or why there is none. */
export async function replayRoute(
  incoming: IncomingMessage,
  history: EventHistory,
  ports: DataPorts,
): Promise<Response> {
  const refused = bodyRefusal(headersOf(incoming));
  if (refused !== undefined) return response(refused);
  // Text in JSON is longer than the text itself.
  const { bytes, tooLarge } = await readBody(incoming, 2 * ports.limits.maxBodyBytes);
  const replay = tooLarge ? refusal(413, 'The edited body is too large.') : readReplay(bytes, history, ports);
  if ('status' in replay) return response(replay);
  const accepted = await ports.health.tried('accept', () => ports.store.accept(replay.event, replay.deliveries));
  if (accepted === undefined) return response(refusal(503, 'The store cannot be written at the moment.'));
  ports.onDeliverable();
  return response({ status: 201, body: { id: accepted.event.id } });
}

function readReplay(
  bytes: Uint8Array,
  { event, deliveries }: EventHistory,
  { limits, clock }: DataPorts,
): Replay | Answer {
  const went = deliveries.map(({ delivery }) => delivery);
  try {
    const wish = replayWishSchema.parse(parseJson(bytes, limits.maxJsonDepth));
    const replay = replayShown(event, went, wish, { now: clock.now(), maxDepth: limits.maxJsonDepth });
    return replay.event.body.length > limits.maxBodyBytes ? refusal(413, 'The edited body is too large.') : replay;
  } catch (error) {
    if (error instanceof z.ZodError) return refusal(400, z.prettifyError(error));
    if (error instanceof UnreadableJson || (error instanceof OpencxError && error.code === 'USAGE')) {
      return refusal(400, error.message);
    }
    throw error;
  }
}
