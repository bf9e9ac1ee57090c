import type { ServerResponse } from 'node:http';

/** One open `text/event-stream` of a customer. */
export interface OpenStream {
  readonly subject: string;
  send(text: string): void;
  /** Sends after the event that comes next, or after `holdMs` milliseconds without one. */
  sendDisordered(text: string, holdMs: number): void;
  /** Breaks the connection after so many more bytes; 0 at once. */
  cutAfter(bytes: number): void;
}

/** Streams write to the socket itself: a cut has to hit the very byte. */
export function openStream(subject: string, response: ServerResponse): OpenStream {
  let bytesLeft = Number.POSITIVE_INFINITY;
  let held: { readonly text: string; readonly timer: NodeJS.Timeout } | undefined;
  const cut = (): void => {
    response.socket?.destroySoon();
  };
  const send = (text: string): void => {
    if (response.destroyed || bytesLeft === 0) return;
    const bytes = Buffer.from(text);
    const part = bytes.subarray(0, Math.min(bytes.length, bytesLeft));
    bytesLeft -= part.length;
    response.write(part);
    if (bytesLeft === 0) cut();
  };
  const release = (): void => {
    if (held === undefined) return;
    clearTimeout(held.timer);
    const { text } = held;
    held = undefined;
    send(text);
  };
  response.once('close', () => {
    clearTimeout(held?.timer);
  });
  return {
    subject,
    send,
    sendDisordered(text, holdMs) {
      if (held === undefined) {
        held = { text, timer: setTimeout(release, holdMs) };
        return;
      }
      send(text);
      release();
    },
    cutAfter(bytes) {
      bytesLeft = bytes;
      if (bytes === 0) cut();
    },
  };
}
