import type {
  ConversationEvent,
  MessageEvent,
  Participant,
} from '../../../messaging/conversation/conversation-event.ts';
import type { Colour } from '../../../terminal/colour-level.ts';
import { safeText } from '../../../terminal/safe-text.ts';
import type { Terminal } from '../../../terminal/terminal.ts';
import { wrap } from '../../../terminal/wrap.ts';

/** A line of the screen. What people say is the result of a command; all else is said about the conversation. */
export interface EventLine {
  readonly kind: 'said' | 'about';
  readonly text: string;
}

/** What this side says: told always, only what it said before this run (as the rest was typed on the screen), or never. */
export type OwnMessages = 'told' | 'history' | 'hidden';

interface LineStyle {
  readonly colour: Colour;
  /** 0 wraps nothing. */
  readonly columns: number;
  readonly own: OwnMessages;
}

/** Under the text of a message, so that no line of it can pass for something else. */
const indent = '         ';

/** One event for the person watching; undefined for what would tell that person nothing. */
export function eventLine(
  event: ConversationEvent,
  terminal: Pick<Terminal, 'outColour' | 'outColumns' | 'errColour' | 'columns'>,
  own: OwnMessages,
): EventLine | undefined {
  const style: LineStyle =
    event.type === 'message'
      ? { colour: terminal.outColour, columns: terminal.outColumns, own }
      : { colour: terminal.errColour, columns: terminal.columns, own };
  const text = event.type === 'message' ? messageText(event, style) : aboutText(event, style.colour);
  if (text === undefined) return undefined;
  const time = 'at' in event ? event.at : undefined;
  const head = time === undefined ? indent : `${style.colour.dim(timeOfDay(time))} `;
  return {
    kind: event.type === 'message' ? 'said' : 'about',
    text: wrap(`${head}${text.replaceAll('\n', `\n${indent}`)}`, style.columns, indent),
  };
}

function messageText(event: MessageEvent, { colour, own }: LineStyle): string | undefined {
  if (event.own && (own === 'hidden' || (own === 'history' && !event.history))) return undefined;
  const name = nameOf(event.from);
  const parts = [
    ...(event.text === '' ? [] : [safeText(event.text)]),
    ...event.choices.map((choice) => `  ${colour.cyan('·')} ${onOneLine(choice)}`),
    ...event.files.map((file) => fileText(file.name, file.mimeType)),
  ];
  const late = event.late ? colour.yellow(' (late)') : '';
  return `${event.own ? colour.dim(name) : colour.cyan.bold(name)}${late}: ${parts.join('\n')}`;
}

function fileText(name: string | undefined, mimeType: string | undefined): string {
  return `[file ${onOneLine(name ?? 'without a name')}${mimeType === undefined ? '' : `, ${onOneLine(mimeType)}`}]`;
}

/** Names and codes of others stay on their line. */
function onOneLine(text: string): string {
  return safeText(text).replaceAll(/\s+/g, ' ');
}

function nameOf({ role, name }: Participant): string {
  return onOneLine(name ?? role);
}

function aboutText(event: Exclude<ConversationEvent, MessageEvent>, colour: Colour): string | undefined {
  switch (event.type) {
    case 'typing':
      return event.active ? colour.dim(`${nameOf(event.from)} is typing …`) : undefined;
    case 'delivered':
      return colour.dim('✓ delivered');
    case 'read':
      return colour.dim('✓✓ read');
    case 'queue-position':
      return event.position === undefined ? undefined : colour.dim(`position ${event.position} in the queue`);
    case 'work':
      return event.workType === undefined ? undefined : colour.dim(`work: ${onOneLine(event.workType)}`);
    case 'participant-joined':
      return event.participant.role === 'EndUser' ? undefined : colour.green(`→ ${nameOf(event.participant)} joined`);
    case 'participant-left':
      return event.participant.role === 'EndUser' ? undefined : colour.yellow(`← ${nameOf(event.participant)} left`);
    case 'routing-result':
    case 'transfer':
      return routingText(event, colour);
    case 'session-status':
      return colour.dim(`session: ${onOneLine(event.status)}`);
    case 'session-ended':
      return colour.yellow(
        `the session has ended${event.byRole === undefined ? '' : `, by ${onOneLine(event.byRole)}`}`,
      );
    case 'closed':
      return colour.yellow('the conversation is closed');
    case 'unknown':
      return colour.dim(`event ${onOneLine(event.name)}`);
    case 'connection-lost':
      return colour.red.bold(
        `✗ CONNECTION LOST: ${onOneLine(event.reason)}; next attempt in ${seconds(event.retryInMs)}`,
      );
    case 'connection-resumed':
      return colour.green.bold(
        `✓ connected again after ${seconds(event.at - event.lostAt)}; ${event.missed} missed entries were told`,
      );
    case 'token-renewed':
      return colour.dim(`access token renewed${until(event.expiresAt)}`);
    case 'access-ending':
      return colour.yellow(
        `anonymous access cannot be renewed; the conversation is followed${until(event.expiresAt)} and not further`,
      );
    case 'session-restarted':
      return colour.yellow('the session had ended; this message opened another one');
    case 'send-delayed':
      return colour.yellow(
        `the message waits ${seconds(event.waitMs)}: ${event.by === 'org' ? 'the org asked for it' : 'limit of messages a minute'}`,
      );
  }
}

function routingText(
  event: Extract<ConversationEvent, { type: 'routing-result' | 'transfer' }>,
  colour: Colour,
): string {
  const what = event.type === 'transfer' ? 'transferred' : 'routed';
  if (event.ok) {
    const where = event.queueId === undefined ? '' : ` to queue ${onOneLine(event.queueId)}`;
    return colour.dim(`${what}${where}`);
  }
  const why = [event.failureType, event.failureReason, ...event.errorMessages].filter((part) => part !== undefined);
  return colour.red(`✗ could not be ${what}: ${onOneLine(why.join(': '))}`);
}

/** Not every token tells its end. */
function until(time: number | undefined): string {
  return ` until ${time === undefined ? 'it ends' : timeOfDay(time)}`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** `14:03:22` in the time zone of this machine. */
export function timeOfDay(time: number): string {
  const date = new Date(time);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':');
}
