import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo } from 'node:net';

import { expect, onTestFinished, test, vi } from 'vitest';

import { openExactClient } from '../../src/salesforce/exact-client.ts';

async function listening(server: ReturnType<typeof createServer>): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

test('where a proxy carries requests, it is given the name, and nothing is resolved here', async () => {
  const seen: IncomingMessage[] = [];
  const target = await listening(
    createServer((incoming, outgoing) => {
      seen.push(incoming);
      incoming.resume();
      outgoing.end('from the far side');
    }),
  );
  const asked: string[] = [];
  const proxy = createServer((incoming, outgoing) => {
    asked.push(incoming.url ?? '');
    seen.push(incoming);
    incoming.resume();
    outgoing.end('from the far side');
  });
  proxy.on('connect', (incoming, socket) => {
    asked.push(incoming.url ?? '');
    const through = connect(target, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      through.pipe(socket).pipe(through);
    });
  });
  vi.stubEnv('HTTP_PROXY', `http://127.0.0.1:${await listening(proxy)}`);
  vi.stubEnv('http_proxy', undefined);
  vi.stubEnv('NO_PROXY', undefined);
  vi.stubEnv('no_proxy', undefined);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const url = new URL('http://hooks.example/in');
  const client = await openExactClient(url, () => Promise.reject(new Error('resolved here')));
  onTestFinished(() => client.close());
  const headers = [['X-Kept', '1']] as const;
  const signal = AbortSignal.timeout(5000);
  const answer = await client.send(url, { method: 'POST', headers, body: Buffer.from('{}'), signal });
  expect([answer.status, await textOf(answer.body)]).toEqual([200, 'from the far side']);
  expect(asked[0]).toContain('hooks.example');
  expect(seen[0]?.headers).toMatchObject({ host: 'hooks.example', 'x-kept': '1', 'content-length': '2' });
});

test('header fields come back in their order and spelling, and a packed body stays packed', async () => {
  const port = await listening(
    createServer((incoming, outgoing) => {
      incoming.resume();
      outgoing.writeHead(200, [
        ['Set-Cookie', 'a=1'],
        ['content-ENCODING', 'gzip'],
        ['Set-Cookie', 'b=2'],
      ]);
      outgoing.end('not really packed');
    }),
  );
  const url = new URL(`http://localhost:${port}/`);
  const client = await openExactClient(url, async () => [{ address: '127.0.0.1', family: 4 }]);
  onTestFinished(() => client.close());
  const request = { method: 'POST', headers: [], body: new Uint8Array(), signal: AbortSignal.timeout(5000) };
  const answer = await client.send(url, request);
  expect(answer.headers.slice(0, 3)).toEqual([
    ['Set-Cookie', 'a=1'],
    ['content-ENCODING', 'gzip'],
    ['Set-Cookie', 'b=2'],
  ]);
  expect(await textOf(answer.body)).toBe('not really packed');
});
