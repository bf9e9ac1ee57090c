import type { WebhookContract } from '../../blueprint/webhook-contract.ts';
import type { Clock } from '../../clock.ts';
import type { Carried, Carrier } from '../delivery/carrier.ts';
import { sessionDelivery } from '../delivery/forward-routes.ts';
import { defaultHttpLimits } from '../http/http-limits.ts';
import { readWebhook } from '../http/read-webhook.ts';
import { workIn, type WorkInPorts } from './work-in.ts';

export interface SessionCarrierPorts extends WorkInPorts {
  readonly contract: WebhookContract;
  readonly clock: Clock;
}

/**
 * Works webhooks into the sessions of their Case. It answers as a far side would: 200 with what was done, 404 for a Case of a handoff
 * that is not known here yet.
 */
export function sessionCarrier(ports: SessionCarrierPorts): Carrier {
  const { clock, contract } = ports;
  return {
    kinds: [sessionDelivery.kind],
    carry: async (event, delivery, signal): Promise<Carried> => {
      const startedAt = clock.now();
      const request = { method: 'WORK', url: delivery.target, headers: [] };
      const read = readWebhook(contract, event.body, defaultHttpLimits.maxJsonDepth);
      if (read.kind !== 'event') {
        // It fitted when it came, so it was edited, or this run's contract is another one.
        const failure = read.kind === 'refused' ? String(read.answer.body['error']) : 'The body is no event.';
        return { attempt: { startedAt, endedAt: clock.now(), request, failure }, farSide: 'refused' };
      }
      const { status, said, change } = await workIn(event, delivery, read.payload, ports, signal);
      const response = {
        status,
        headers: [['Content-Type', 'application/json']] as const,
        body: new TextEncoder().encode(JSON.stringify(said)),
      };
      const attempt = { startedAt, endedAt: clock.now(), request, response };
      return { attempt, farSide: 'answered', ...(change === undefined ? {} : { change: () => change }) };
    },
    close: async () => {},
  };
}
