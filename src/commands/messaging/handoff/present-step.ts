import { handoffSteps } from '../../../messaging/handoff/handoff-event.ts';
import { messagesPerMinute } from '../../../messaging/conversation/rate-limit.ts';
import type { Colour } from '../../../terminal/colour-level.ts';
import { safeText } from '../../../terminal/safe-text.ts';
import { wrap } from '../../../terminal/wrap.ts';
import { timeOfDay } from '../conversation/event-line.ts';
import type { HandoffStepJson } from './result-schema.ts';

/** How much of an opening message is shown, in characters. */
const shown = 60;
/** How many of them are. */
const messagesShown = 10;

/** A step that is done, with what was sent in it. */
export function stepText(step: HandoffStepJson, colour: Colour, columns: number): string {
  const [first = '', ...more] = detailLines(step);
  const head = `${colour.green('✓')} ${step.number} ${colour.bold(handoffSteps[step.step])}: ${first}`;
  return [wrap(head, columns, '    '), ...more.map((line) => wrap(`    ${colour.dim(line)}`, columns, '      '))].join(
    '\n',
  );
}

function detailLines(step: HandoffStepJson): string[] {
  switch (step.step) {
    case 'identity-token': {
      const { header, claims } = step.sent;
      return [
        `${header.alg}, kid ${safeText(header.kid)}`,
        ...Object.entries(claims).map(([name, value]) => `${name} = ${safeText(claimText(name, value))}`),
      ];
    }
    case 'access-token': {
      const { subject, expiresAt, deployment, scrtUrl, organizationId } = step.sent;
      const until = expiresAt === undefined ? '' : `, until ${timeOfDay(Date.parse(expiresAt))}`;
      return [
        `for ${safeText(subject ?? '(no subject told)')}${until}`,
        `${scrtUrl}, org ${organizationId}, deployment ${deployment}`,
      ];
    }
    case 'transcript':
      return [
        `${counted(step.sent.messages, 'message')} of ${step.sent.characters} characters in all`,
        ...durationLines(step.sent.messages),
      ];
    case 'routing-attributes': {
      const attributes = Object.entries(step.sent.attributes);
      return [
        counted(attributes.length, 'attribute'),
        ...attributes.map(([name, value]) => `${safeText(name)} = ${safeText(value)}`),
      ];
    }
    case 'conversation':
      return [`${step.sent.conversationId}${step.sent.created ? '' : ', which was there already: it goes on'}`];
    case 'opening-message': {
      const { messages } = step.sent;
      const known = messages.filter(({ wasThere }) => wasThere).length;
      return [
        known === 0 ? 'sent' : `${messages.length - known} sent, ${known} there already`,
        ...messages.slice(0, messagesShown).map(({ text }) => beginning(text)),
        ...(messages.length > messagesShown ? [`… and ${messages.length - messagesShown} more`] : []),
      ];
    }
  }
}

/** What does not go out at once takes its time, and a person should know it. */
function durationLines(messages: number): string[] {
  const minutes = Math.floor((messages - 1) / messagesPerMinute);
  return minutes < 1 ? [] : [`${messagesPerMinute} a minute are taken: about ${counted(minutes, 'minute')}`];
}

/** Times of a token are seconds since 1970. */
function claimText(name: string, value: unknown): string {
  if ((name === 'iat' || name === 'exp') && typeof value === 'number') return `${value} (${timeOfDay(value * 1000)})`;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function beginning(text: string): string {
  const line = safeText(text).replaceAll(/\s+/g, ' ');
  return Array.from(line).length <= shown ? line : `${Array.from(line).slice(0, shown).join('')} …`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
