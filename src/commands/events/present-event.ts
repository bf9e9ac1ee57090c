import type { Colour } from '../../terminal/colour-level.ts';
import { safeLine, safeText } from '../../terminal/safe-text.ts';
import { table } from '../../terminal/table.ts';
import type { CommandContext } from '../command-context.ts';
import { clockTime } from '../streaming/clock-time.ts';
import { stateColour } from './present-list.ts';
import type { EventsShowResult } from './result-schema.ts';

type DeliveryJson = EventsShowResult['deliveries'][number];
type AttemptJson = DeliveryJson['history'][number];

const directions = {
  'from-salesforce': '← Salesforce, as a webhook',
  'from-opencx': '← OpenCX, for a session',
  told: '→ OpenCX, of a session',
} as const;

/** Why there is no delivery. */
const unsent = {
  'from-salesforce': 'It was only recorded',
  'from-opencx': 'It was only recorded',
  told: 'There was no callback to tell it to',
} as const;

/** An event for people: what it is, its headers, its body, and every delivery with its attempts. */
export function eventText(context: CommandContext, event: EventsShowResult): string {
  const colour = context.terminal.outColour;
  const facts: [string, string | undefined][] = [
    ['Event', event.event === event.name ? event.name : `${event.event} (${event.name})`],
    ['Direction', directions[event.direction]],
    ['Received', event.receivedAt],
    ['Session', event.sessionId],
    ['Case', event.caseNumber === undefined ? event.caseId : `${event.caseNumber} (${event.caseId})`],
    ['Subject', event.caseSubject],
    ['About', event.about],
    ['Delivery id', event.deliveryId],
    ['Came again', event.duplicates === 0 ? undefined : `${event.duplicates}×, not carried on twice`],
    ['Replay of', event.replayOf],
  ];
  const rows = facts.flatMap(([label, value]) => (value === undefined ? [] : [[`${label}:`, safeLine(value)]]));
  const deliveries =
    event.deliveries.length === 0
      ? [colour.dim(`${unsent[event.direction]}: opencx-sf events replay ${event.id} --to <url>`)]
      : event.deliveries.map((delivery) => deliveryText(context, delivery));
  return [
    colour.bold(event.id),
    table(rows),
    '',
    fieldsText(event.headers, colour),
    '',
    bodyText(event),
    '',
    ...deliveries,
  ].join('\n');
}

/** Whether the header fields of responses are told too. */
export type Detail = 'whole' | 'bodies';

/** A delivery, and below it each attempt with what it was answered. */
export function deliveryText(context: CommandContext, delivery: DeliveryJson, detail: Detail = 'whole'): string {
  const colour = context.terminal.outColour;
  const next = delivery.nextAttemptAt === undefined ? '' : `, next attempt ${delivery.nextAttemptAt}`;
  const by = delivery.replacedBy === undefined ? '' : ` by ${delivery.replacedBy}`;
  const head = `→ ${safeLine(delivery.target)}  ${stateColour(delivery.state, colour)(delivery.state)}${by}${next}`;
  return [head, ...delivery.history.map((attempt, index) => attemptText(context, attempt, index + 1, detail))].join(
    '\n',
  );
}

function attemptText(
  { terminal, clock }: CommandContext,
  attempt: AttemptJson,
  number: number,
  detail: Detail,
): string {
  const colour = terminal.outColour;
  const started = Date.parse(attempt.startedAt);
  const took = `${Date.parse(attempt.endedAt) - started} ms`;
  const when = `  ${number}. ${clockTime(started, clock.now())}  ${took}`;
  if (attempt.response === undefined) return `${when}  ${colour.red(safeLine(attempt.failure ?? 'no response'))}`;
  const { status, headers } = attempt.response;
  const paint = status >= 200 && status < 300 ? colour.green : colour.red;
  const broken = attempt.failure === undefined ? '' : `  ${colour.red(safeLine(attempt.failure))}`;
  const body = bodyText(attempt.response);
  const parts = [
    `${when}  ${paint(String(status))}${broken}`,
    fieldsText(detail === 'whole' ? headers : [], colour),
    ...(body === '' ? [] : [body]),
  ];
  const [first = '', ...more] = parts
    .filter((part) => part !== '')
    .join('\n')
    .split('\n');
  return [first, ...more.map((line) => `     ${line}`)].join('\n');
}

function fieldsText(fields: readonly (readonly [string, string])[], colour: Colour): string {
  return fields.map(([name, value]) => `${colour.dim(`${safeLine(name)}:`)} ${safeLine(value)}`).join('\n');
}

/** JSON is laid out; what it holds stands as it would in any JSON, so that no character of it reaches the terminal. */
function bodyText({ body, bodyBase64 }: { body?: string | undefined; bodyBase64?: string | undefined }): string {
  if (body === undefined) return bodyBase64 === undefined || bodyBase64 === '' ? '' : `(base64) ${bodyBase64}`;
  try {
    return safeText(JSON.stringify(JSON.parse(body), null, 2));
  } catch {
    return safeText(body);
  }
}
