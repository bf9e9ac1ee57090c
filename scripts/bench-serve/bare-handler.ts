// What serve is compared with: the least that could keep a webhook. One Hono handler, one insert, committed before it answers.
import { DatabaseSync } from 'node:sqlite';

import { serve } from '@hono/node-server';
import { Hono } from 'hono';

const database = new DatabaseSync(process.argv[2] ?? ':memory:');
database.exec(
  'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE event (id INTEGER PRIMARY KEY, body BLOB)',
);
const insert = database.prepare('INSERT INTO event (body) VALUES (?)');
const app = new Hono();
app.post('/webhooks', async (context) => {
  insert.run(new Uint8Array(await context.req.arrayBuffer()));
  return context.json({ ok: true }, 202);
});
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => {
  console.log(JSON.stringify({ url: `http://127.0.0.1:${port}/webhooks` }));
});
