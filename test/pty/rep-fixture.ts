import { setTimeout as sleep } from 'node:timers/promises';

import { representative } from '../e2e/messaging/messaging-desk.ts';

// A representative in a process of their own: takes the first work that is offered, and answers it some times, each answer with
// the moment it was sent in it.
const [url = '', replies = '1'] = process.argv.slice(2);

async function control(method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${url}/_local${path}`, {
    method,
    headers: { 'x-local-org-control': 'rep', 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.status === 204 ? undefined : await response.json();
}

await control('POST', '/messaging/agents', { username: 'rep@example.com', name: 'Rita Rep' });
const rep = representative(control);
const work = await rep.accept();
for (let index = 1; index <= Number(replies); index++) {
  await sleep(200);
  await rep.reply(work, `Reply ${index} of ${Date.now()}`);
}
