import type { ServeEvent } from '../../../handoff/serve-event.ts';
import { safeText } from '../../../terminal/safe-text.ts';
import type { ServeResult } from '../result-schema.ts';

type DeliveryEvent = Extract<ServeEvent, { attempt: number }>;

/** An event as a line of `--json` has it: times as text, what comes from outside made harmless. */
export function eventJson(event: ServeEvent): ServeResult {
  switch (event.type) {
    case 'accepted':
      return {
        event: event.type,
        ...webhookJson(event),
        bytes: event.bytes,
        tookMs: event.tookMs,
        ...(event.traceId === undefined ? {} : { traceId: event.traceId }),
        targets: [...event.targets],
      };
    case 'duplicate':
      return { event: event.type, ...webhookJson(event), times: event.times };
    case 'handoff-accepted':
    case 'message-accepted': {
      const { type, at, ...rest } = event;
      return { event: type, at: iso(at), ...rest };
    }
    case 'told': {
      const { type, at, ...rest } = event;
      return { event: type, at: iso(at), ...rest };
    }
    case 'connection-test':
      return { event: event.type, at: iso(event.at) };
    case 'rejected': {
      const { type, at, status, reason, rejectionId } = event;
      const kept = rejectionId === undefined ? {} : { rejectionId };
      return { event: type, at: iso(at), status, reason: safeText(reason), ...kept };
    }
    case 'attempt':
      return {
        event: event.type,
        ...deliveryJson(event),
        tookMs: event.tookMs,
        ...(event.status === undefined ? {} : { status: event.status }),
        ...(event.failure === undefined ? {} : { failure: safeText(event.failure) }),
        ...(event.nextAttemptAt === undefined ? {} : { nextAttemptAt: iso(event.nextAttemptAt) }),
        counted: event.counted,
      };
    case 'delivered':
      return { event: event.type, ...deliveryJson(event), status: event.status, afterMs: event.afterMs };
    case 'dead':
      return { event: event.type, ...deliveryJson(event), reason: safeText(event.reason) };
    case 'far-side-down':
      return { event: event.type, target: event.target, since: iso(event.since), reason: safeText(event.reason) };
    case 'far-side-up':
      return { event: event.type, target: event.target, since: iso(event.since), at: iso(event.at) };
    case 'stream-lost':
    case 'routing-failed': {
      const { type, at, sessionId, reason } = event;
      return { event: type, at: iso(at), sessionId, reason: safeText(reason) };
    }
    case 'stream-resumed':
      return { event: event.type, at: iso(event.at), sessionId: event.sessionId, since: iso(event.since) };
    case 'messaging-lost': {
      const { type, since, conversations, reason } = event;
      return { event: type, since: iso(since), conversations, reason: safeText(reason) };
    }
    case 'messaging-resumed':
      return { event: event.type, since: iso(event.since), at: iso(event.at) };
    case 'store-failing':
      return { event: event.type, since: iso(event.since), reason: safeText(event.reason) };
    case 'store-working':
      return { event: event.type, since: iso(event.since), at: iso(event.at) };
    case 'pruned':
      return { event: event.type, at: iso(event.at), events: event.events, rejections: event.rejections };
  }
}

function webhookJson({
  at,
  eventId,
  name,
  orderKey,
  deliveryId,
}: Extract<ServeEvent, { type: 'accepted' | 'duplicate' }>) {
  return { at: iso(at), eventId, name, caseId: safeText(orderKey), deliveryId: safeText(deliveryId) };
}

function deliveryJson({ at, eventId, deliveryId, name, orderKey, replayOf, target, attempt }: DeliveryEvent) {
  return {
    at: iso(at),
    eventId,
    deliveryId,
    name,
    caseId: safeText(orderKey),
    ...(replayOf === undefined ? {} : { replayOf }),
    target,
    attempt,
  };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
