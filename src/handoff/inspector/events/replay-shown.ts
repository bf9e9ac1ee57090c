import { randomUUID } from 'node:crypto';

import { OpencxError } from '../../../errors/opencx-error.ts';
import type { ForwardKind } from '../../delivery/forward-routes.ts';
import { parseJson } from '../../http/parse-json.ts';
import { replayEvent, sameTargets } from '../../replay/replay-event.ts';
import { checkTargetUrl } from '../../security/target-guard.ts';
import type { Delivery, NewDelivery, NewEvent, StoredEvent } from '../../store/handoff-store.ts';
import type { ReplayWish } from '../shown-schema.ts';

/** What goes into the store. */
export interface Replay {
  readonly event: NewEvent;
  readonly deliveries: readonly NewDelivery[];
}

/**
 * An event once more, as a person wants it.
 * @param deliveries where it went
 * @param maxDepth levels of objects and arrays of an edited body
 * @throws OpencxError USAGE if there is no place where it could go · UnreadableJson if the edited body is no JSON
 */
export function replayShown(
  event: StoredEvent,
  deliveries: readonly Delivery[],
  { body, to }: ReplayWish,
  { now, maxDepth }: { readonly now: number; readonly maxDepth: number },
): Replay {
  const repeated = replayEvent(event, [], `replay-${randomUUID()}`, now);
  const edited = body === undefined ? event.body : new TextEncoder().encode(body);
  if (body !== undefined) parseJson(edited, maxDepth);
  return { event: { ...repeated, body: edited }, deliveries: targetsOf(deliveries, to) };
}

function targetsOf(deliveries: readonly Delivery[], to: string | undefined): NewDelivery[] {
  if (to !== undefined) {
    return [{ kind: 'forward-once' satisfies ForwardKind, target: checkTargetUrl(to, 'the replay').href }];
  }
  const targets = sameTargets(deliveries);
  if (targets.length > 0) return targets;
  throw new OpencxError('USAGE', { message: 'This event was only recorded: say where the replay goes.' });
}
