import { connect } from 'node:net';

/** A server that has begun to answer, and says nothing for so long, has said all of it; in milliseconds. */
const quietMs = 700;

/** What a server wrote until it ended the connection, or said nothing more; and whether it ended it. */
export interface RawAnswer {
  readonly text: string;
  /** Status codes in it, in order: a second one answers a second request. */
  readonly statuses: readonly number[];
  readonly ended: boolean;
}

/** Writes bytes as they are. @param pieces written one after the other @param ms how long the server has to begin its answer */
export async function rawRequest(port: number, pieces: string | readonly string[], ms = 10_000): Promise<RawAnswer> {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.setEncoding('latin1');
  const ended = await new Promise<boolean>((resolve) => {
    const late = (): void => resolve(false);
    let timer = setTimeout(late, ms);
    socket.on('data', (data: string) => {
      text += data;
      clearTimeout(timer);
      timer = setTimeout(late, quietMs);
    });
    const over = (): void => {
      clearTimeout(timer);
      resolve(true);
    };
    socket.on('close', over);
    socket.on('error', over);
    socket.on('connect', () => {
      for (const piece of [pieces].flat()) socket.write(piece, 'latin1');
    });
  });
  socket.destroy();
  return { text, statuses: [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, code]) => Number(code)), ended };
}

/** The head of a call to the webhook, with an empty line at its end. */
export function head(path: string, fields: readonly string[]): string {
  return [`POST ${path} HTTP/1.1`, ...fields, '', ''].join('\r\n');
}
