import { randomUUID } from 'node:crypto';

import { webhookEvents } from '../../../blueprint/webhook-contract.ts';
import { replayEvent, sameTargets } from '../../../handoff/replay/replay-event.ts';
import type { HandoffStore } from '../../../handoff/store/handoff-store.ts';
import type { CommandContext } from '../../command-context.ts';

/**
 * Key r: puts the last webhook into the store once more, for where it went.
 * @param last id of the last one of this run; undefined: the newest of the store, which has other events beside webhooks
 * @param say told what came of it
 */
export async function replayLast(
  { clock }: CommandContext,
  store: HandoffStore,
  last: string | undefined,
  say: (text: string) => void,
): Promise<void> {
  try {
    const event =
      last === undefined
        ? (await store.events({ limit: 1, names: Object.keys(webhookEvents) }))[0]
        : await store.event(last);
    const targets = event === undefined ? [] : sameTargets(await store.deliveries([event.id]));
    if (event === undefined) return say('There is no webhook to replay yet.');
    if (targets.length === 0) {
      return say(`${event.id} was only recorded: opencx-sf events replay ${event.id} --to <url>`);
    }
    const { event: replay } = await store.accept(
      replayEvent(event, [], `replay-${randomUUID()}`, clock.now()),
      targets,
    );
    say(`Replaying ${event.id} as ${replay.id}`);
  } catch (error) {
    // Nobody waits for it: a person sees it and presses the key again.
    say(`The event could not be replayed: ${error instanceof Error ? error.message : String(error)}`);
  }
}
