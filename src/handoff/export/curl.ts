import { forwardKinds } from '../delivery/forward-routes.ts';
import type { RawHeaders } from '../store/handoff-store.ts';
import type { EventHistory } from './event-history.ts';
import { hidden, maskedHeaders, maskedTarget } from './masked.ts';

/** Longest body that is put into the command itself, in bytes; a command line of some systems takes no more than 32 KiB. */
const longestInline = 16 * 1024;

/** Control characters, NUL among them, and those that are not seen or turn text: a terminal shows and pastes them as something else. */
const unprintable = /(?![\t\n])[\p{Cc}\p{Cf}]/u;

/** Only these attempts send the event as it is. */
const posted: ReadonlySet<string> = new Set(forwardKinds);

/** What a command is to send. */
export interface CurlRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: RawHeaders;
  readonly body: Uint8Array;
}

/**
 * A shell command (POSIX) that sends a request again. Secrets become variables that a person sets: `$TARGET_URL`, `$AUTHORIZATION`.
 * @param bodyCommand prints the body byte for byte; stands before a pipe where the body is too long, or not all of it can be printed
 */
export function curlCommand({ method, url, headers, body }: CurlRequest, bodyCommand: string): string {
  const shown = maskedTarget(url);
  const target = shown.includes('…') || shown === hidden ? '"$TARGET_URL"' : quoted(url);
  const inline = inlineBody(body);
  const fields = maskedHeaders(headers)
    // curl writes these itself, from what it sends.
    .filter(([name]) => !/^(?:host|content-length|connection|transfer-encoding)$/i.test(name))
    .map(
      ([name, value]) =>
        `-H ${value === hidden ? `${quoted(`${name}: `)}"$${variable(name)}"` : quoted(`${name}: ${value}`)}`,
    );
  const lines = [
    `curl -sS -i -X ${quoted(method)} ${target}`,
    ...fields,
    `--data-binary ${inline === undefined ? '@-' : quoted(inline)}`,
  ];
  return `${inline === undefined ? `${bodyCommand} | ` : ''}${lines.join(' \\\n  ')}`;
}

/** The command for the last attempt to post an event, or for the call that it came by, to somewhere that is to be named. */
export function curlOfEvent({ event, deliveries }: EventHistory): string {
  const last = deliveries
    .filter(({ delivery }) => posted.has(delivery.kind))
    .flatMap(({ attempts }) => attempts)
    .toSorted((a, b) => a.startedAt - b.startedAt)
    .at(-1);
  const request = last?.request ?? { method: 'POST', url: '', headers: event.headers };
  return curlCommand({ ...request, body: event.body }, `opencx-sf events show ${event.id} --raw`);
}

function inlineBody(body: Uint8Array): string | undefined {
  if (body.length > longestInline) return undefined;
  const text = Buffer.from(body).toString('utf8');
  // A leading @ would make curl read a file.
  if (text.startsWith('@') || unprintable.test(text)) return undefined;
  return Buffer.from(text).equals(body) ? text : undefined;
}

function quoted(word: string): string {
  return /^[\w./:@=+-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

function variable(header: string): string {
  return header.toUpperCase().replace(/\W/g, '_');
}
