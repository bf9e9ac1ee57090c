import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer as createHttpServer, request } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { expect, onTestFinished, test } from 'vitest';

import { temporaryFolder } from '../cli.ts';
import { openDesk } from './messaging-desk.ts';
import { streaming } from '../ndjson.ts';

const host = 'acme.my.salesforce-scrt.com';

async function listening(server: Server & { closeAllConnections(): void }): Promise<number> {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  return (server.address() as AddressInfo).port;
}

/** The host of Live Messaging as the world has it, by TLS; behind it is the local org's. */
async function scrtHost(folder: string, scrtUrl: string): Promise<{ port: number; certificate: string }> {
  const [key, certificate] = [join(folder, 'tls-key.pem'), join(folder, 'tls.pem')];
  const subject = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`];
  const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-keyout', key, '-out', certificate];
  await promisify(execFile)('openssl', [...made, ...subject]);
  const tls = { key: await readFile(key), cert: await readFile(certificate) };
  const server = createTlsServer(tls, (incoming, outgoing) => {
    const { method, url, headers } = incoming;
    const onward = request(new URL(url ?? '/', scrtUrl), {
      method,
      headers: { ...headers, host: new URL(scrtUrl).host },
    });
    onward.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      outgoing.flushHeaders();
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  });
  return { port: await listening(server), certificate };
}

/** The only way out of a company's network: it tunnels, and writes down where to. */
async function tunnel(port: number): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createHttpServer();
  server.on('connect', ({ url }, socket) => {
    asked.push(url ?? '');
    const onward = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      onward.pipe(socket);
      socket.pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
    socket.on('close', () => onward.destroy());
  });
  return { url: `http://127.0.0.1:${await listening(server)}`, asked };
}

test('a chat goes through the proxy of a company, its event stream too', async () => {
  const cwd = await temporaryFolder();
  const { served, env, rep } = await openDesk(cwd);
  const { port, certificate } = await scrtHost(cwd, served.running.scrtUrl);
  const proxy = await tunnel(port);
  const chat = streaming(['messaging', 'chat', '--json'], {
    cwd,
    env: {
      ...env,
      OPENCX_SF_SCRT_URL: `https://${host}`,
      HTTPS_PROXY: proxy.url,
      NODE_EXTRA_CA_CERTS: certificate,
    },
  });
  chat.write('{"text":"Hello"}\n');
  await rep.reply(await rep.accept(), 'Hello, I am Rita.');
  await chat.result(({ event, text }) => event === 'message' && text === 'Hello, I am Rita.');
  chat.write('{"end":true}\n');
  chat.finish();
  const end = await chat.end;
  expect(end.exitCode, JSON.stringify(chat.documents.slice(-3), null, 1) + end.stderr).toBe(0);
  expect(new Set(proxy.asked)).toEqual(new Set([`${host}:443`]));
});
