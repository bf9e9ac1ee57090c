// Measures how much memory it takes to follow many conversations, and how long it takes to hand them off and to tell of them. The
// local org, the desk with its worker, and what plays both sides are a process each.
// node scripts/bench-conversations.ts [conversations]
import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { defaultDeskPace } from '../src/handoff/conversation/desk-pace.ts';
import { changeBy } from '../src/handoff/session/session-change.ts';
import { orderKeyOf } from '../src/handoff/session/session.ts';
import type { HandoffStore } from '../src/handoff/store/handoff-store.ts';
import { openSqliteStore } from '../src/handoff/store/sqlite/open-sqlite-store.ts';
import { runDesk, type Where } from '../test/handoff/conversation/run-desk.ts';

interface OrgFacts {
  readonly url: string;
  readonly scrtUrl: string;
  readonly orgId: string;
  readonly token: string;
}

interface DeskFacts {
  readonly following: number;
  /** Bytes. */
  readonly rss: number;
  readonly largestRss: number;
  readonly heapUsed: number;
}

const [, script = '', role = ''] = process.argv;
if (role === 'org') await beOrg();
else if (role === 'desk') await beDesk();
else await measure(Number(role === '' ? 1000 : role));

async function beOrg(): Promise<void> {
  // Each process loads what it is, and no more: it is its memory that is measured.
  const { startLocalOrg } = await import('../src/local-org/start-local-org.ts');
  const org = await startLocalOrg();
  const facts: OrgFacts = {
    url: org.url,
    scrtUrl: org.scrtUrl,
    orgId: org.organizationId,
    token: org.issueAccessToken(),
  };
  process.send?.(facts);
  process.on('disconnect', () => void org.close());
}

async function beDesk(): Promise<void> {
  const [{ file, where }] = (await once(process, 'message')) as [{ file: string; where: Where }];
  const store = openSqliteStore({ file });
  // A real org gives 200 tokens a minute: that would measure its patience.
  const running = await runDesk(store, where, { pace: { ...defaultDeskPace, tokensPerMinute: 1_000_000 } });
  process.on('message', () => {
    const { rss, heapUsed } = process.memoryUsage();
    const facts: DeskFacts = {
      following: running.desk.following(),
      rss,
      largestRss: process.resourceUsage().maxRSS * 1024,
      heapUsed,
    };
    process.send?.(facts);
  });
  process.on('disconnect', () => void running.close().then(() => store.close()));
}

async function measure(count: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-conversations-'));
  const file = join(folder, 'events.sqlite');
  const store = openSqliteStore({ file });
  const org = fork(script, ['org']);
  const desk = fork(script, ['desk']);
  try {
    const [facts] = (await once(org, 'message')) as [OrgFacts];
    const { deployMessaging } = await import('../test/local-org/messaging/messaging-package.ts');
    const deployed = await deployMessaging({ url: facts.url, token: facts.token });
    const where: Where = { scrtUrl: facts.scrtUrl, orgId: facts.orgId, deployed };
    await control(facts, 'PATCH', 'settings', { rateLimits: false, autoAccept: true });
    await control(facts, 'POST', 'agents', { username: 'rep@example.com', name: 'Rita Rep', capacity: count });
    say(`idle: ${megabytes((await ask(desk, { file, where })).rss)}`);

    const sessions = Array.from({ length: count }, () => randomUUID());
    const handedOff = performance.now();
    const delivery = { kind: 'conversation', target: new URL(facts.scrtUrl).href };
    for (const sessionId of sessions) await handOver(store, sessionId, delivery);
    await until(async () => (await ask(desk)).following === count);
    await until(async () => (await store.counts()).delivered >= count);
    say(`${count} handed off and followed after ${seconds(handedOff)}: ${told(await ask(desk))}`);

    const replied = performance.now();
    const { work } = (await control(facts, 'GET', 'agent-work')) as { work: { id: string }[] };
    for (const { id } of work) await control(facts, 'POST', `agent-work/${id}/reply`, { text: 'How can I help you?' });
    await until(async () => (await toldReplies(store)) >= count);
    say(`${work.length} replies sent and told after ${seconds(replied)}: ${told(await ask(desk))}`);

    await new Promise((resolve) => setTimeout(resolve, 30_000));
    const after = await ask(desk);
    say(`30 s later: ${told(after)}`);
    if (after.following !== count || after.largestRss > 400 * 1024 * 1024) process.exitCode = 1;
  } finally {
    for (const child of [desk, org]) {
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    }
    await store.close();
    rmSync(folder, { recursive: true });
  }
}

async function handOver(
  store: HandoffStore,
  sessionId: string,
  delivery: { readonly kind: string; readonly target: string },
): Promise<void> {
  const contact = { id: `contact-${sessionId}`, name: 'Jane' };
  const transcript = Array.from({ length: 20 }, (_, number) => ({ role: 'contact', text: `Line ${number} of a chat` }));
  const body = JSON.stringify({ sessionId, channel: 'web', contact, summary: 'A chat', transcript, attachments: [] });
  const at = Date.now();
  await store.accept(
    {
      receivedAt: at,
      name: 'handoff',
      deliveryId: randomUUID(),
      orderKey: orderKeyOf(sessionId),
      headers: [],
      body: Buffer.from(body),
    },
    [delivery],
    changeBy(sessionId, { type: 'handoff-accepted', channel: 'web', contact }, { at, callbackUrl: undefined }),
  );
}

/** `message.agent` events in the store. */
async function toldReplies(store: HandoffStore): Promise<number> {
  let found = 0;
  let after = 0;
  for (;;) {
    const page = await store.events({ name: 'message.agent', after, limit: 1000 });
    found += page.length;
    const last = page.at(-1);
    if (last === undefined) return found;
    after = last.sequence;
  }
}

async function control({ url, token }: OrgFacts, method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${url}/_local/messaging/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'x-local-org-control': 'bench' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

async function ask(desk: ChildProcess, message: object = {}): Promise<DeskFacts> {
  desk.send(message);
  // The first message is what it works with; only those after it are answered.
  if ('file' in message) desk.send({});
  const [facts] = (await once(desk, 'message')) as [DeskFacts];
  return facts;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 250));
}

function told({ rss, largestRss, heapUsed }: DeskFacts): string {
  return `${megabytes(rss)} (heap ${megabytes(heapUsed)}, largest ${megabytes(largestRss)})`;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024)} MB`;
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
