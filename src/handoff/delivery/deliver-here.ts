import { randomUUID } from 'node:crypto';

import type { Clock } from '../../clock.ts';
import type { ServeListener } from '../serve-event.ts';
import { watchStore } from '../store-health.ts';
import type { HandoffStore } from '../store/handoff-store.ts';
import { defaultDeliveryPace } from './delivery-pace.ts';
import { openDeliveryWorker, type DeliveryWorker } from './delivery-worker.ts';
import { watchFarSides } from './far-sides.ts';
import type { ForwardKind } from './forward-routes.ts';
import { openForwarder } from './forward.ts';

/**
 * Carries what is due in a store without a server, for a command that replays while no `serve` runs. What else waits there is
 * carried as well, whatever comes meanwhile too: the events of a Case keep their order. Targets of `forward` were named on the command
 * line of the `serve` that took it, which the kind says; callbacks of sessions were not, and go to no private address.
 */
export function deliverHere(store: HandoffStore, clock: Clock, listener: ServeListener): DeliveryWorker {
  const isForward = (kind: string): boolean => kind === ('forward' satisfies ForwardKind);
  const forwarder = openForwarder(clock, isForward, defaultDeliveryPace.timeoutMs);
  const worker = openDeliveryWorker({
    store,
    health: watchStore(clock, listener),
    carriers: [forwarder],
    farSides: watchFarSides(listener, clock, defaultDeliveryPace),
    clock,
    pace: defaultDeliveryPace,
    listener,
    owner: `replay ${process.pid} ${randomUUID()}`,
  });
  worker.start();
  return {
    ...worker,
    close: async () => {
      await worker.close();
      await forwarder.close();
    },
  };
}
