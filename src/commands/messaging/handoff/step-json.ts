import type { HandoffEvent } from '../../../messaging/handoff/handoff-event.ts';
import type { HandoffStepJson } from './result-schema.ts';

/** A step that is done, as it is sent: attributes, ids and texts; no token. */
export function stepJson(event: Extract<HandoffEvent, { kind: 'done' }>): HandoffStepJson {
  const base = { event: 'step' as const, at: new Date(event.at).toISOString() };
  switch (event.step) {
    case 'identity-token':
      return {
        ...base,
        number: 1,
        step: event.step,
        sent: { header: { ...event.header }, claims: { ...event.claims } },
      };
    case 'access-token': {
      const { scrtUrl, orgId, deployment } = event.endpoint;
      const { subject, expiresAt } = event.access;
      return {
        ...base,
        number: 2,
        step: event.step,
        sent: {
          scrtUrl,
          organizationId: orgId,
          deployment,
          ...(subject === undefined ? {} : { subject }),
          ...(expiresAt === undefined ? {} : { expiresAt: new Date(expiresAt).toISOString() }),
        },
      };
    }
    case 'transcript':
      return { ...base, number: 3, step: event.step, sent: { messages: event.messages, characters: event.characters } };
    case 'routing-attributes':
      return { ...base, number: 4, step: event.step, sent: { attributes: { ...event.attributes } } };
    case 'conversation':
      return {
        ...base,
        number: 5,
        step: event.step,
        sent: { conversationId: event.conversationId, created: event.created },
      };
    case 'opening-message':
      return {
        ...base,
        number: 6,
        step: event.step,
        sent: { messages: event.messages.map((message) => ({ ...message })) },
      };
  }
}
