import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { createInterface } from 'node:readline';

import { onTestFinished } from 'vitest';

export interface CaughtMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly data: string;
}

/** An SMTP server that takes mail and keeps it; with `refuse`, that answers each recipient so. */
export async function smtpCatcher(refuse?: string): Promise<{ port: number; next(): Promise<CaughtMail> }> {
  const caught: CaughtMail[] = [];
  const waiting: ((mail: CaughtMail) => void)[] = [];
  const take = (mail: CaughtMail): void => {
    const waiter = waiting.shift();
    if (waiter === undefined) caught.push(mail);
    else waiter(mail);
  };
  const server = createServer((socket) => converse(socket, take, refuse));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(async () => {
    await new Promise((closed) => server.close(closed));
  });
  return {
    port: (server.address() as AddressInfo).port,
    next: () => {
      const mail = caught.shift();
      return mail === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(mail);
    },
  };
}

function converse(socket: Socket, take: (mail: CaughtMail) => void, refuse: string | undefined): void {
  let from = '';
  let to: string[] = [];
  let data: string[] | undefined;
  const say = (line: string): void => {
    socket.write(`${line}\r\n`);
  };
  say('220 catcher');
  socket.on('error', () => undefined);
  createInterface(socket).on('line', (line) => {
    if (data !== undefined) {
      if (line !== '.') {
        data.push(line.replace(/^\.\./, '.'));
        return;
      }
      take({ from, to, data: data.join('\r\n') });
      data = undefined;
      to = [];
      say('250 2.0.0 caught');
    } else if (/^(?:EHLO|HELO)/i.test(line)) say('250 catcher');
    else if (/^MAIL FROM:/i.test(line)) {
      from = /<(.*?)>/.exec(line)?.[1] ?? '';
      say('250 ok');
    } else if (/^RCPT TO:/i.test(line)) {
      to.push(/<(.*?)>/.exec(line)?.[1] ?? '');
      say(refuse ?? '250 ok');
    } else if (/^DATA/i.test(line)) {
      data = [];
      say('354 go on');
    } else if (/^QUIT/i.test(line)) {
      say('221 bye');
      socket.end();
    } else say('250 ok');
  });
}
