import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { expect, onTestFinished, test } from 'vitest';

import { findControl } from '../../../src/commands/target/local-control.ts';

test('Ctrl-C while the local org is asked is an interruption, and no failure of the network', async () => {
  const server = createServer(() => stop.abort(new DOMException('interrupted', 'AbortError')));
  const stop = new AbortController();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const instanceUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const identity = {
    id: '00D000000000001AAA',
    name: 'Local Org',
    kind: 'developer',
    edition: 'Developer Edition',
    instanceUrl,
  } as const;
  await expect(findControl(stop, { identity })).rejects.toMatchObject({ code: 'INTERRUPTED', exitCode: 130 });
});
