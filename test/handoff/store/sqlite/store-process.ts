import { randomUUID } from 'node:crypto';
import { appendFileSync, writeSync } from 'node:fs';
import { once } from 'node:events';

import type { HandoffStore } from '../../../../src/handoff/store/handoff-store.ts';
import { openSqliteStore } from '../../../../src/handoff/store/sqlite/open-sqlite-store.ts';
import type { SessionChange } from '../../../../src/handoff/store/session-book.ts';
import { newAttempt, newEvent, newSession, sessionId, toFarSide } from '../samples.ts';

// A process of its own with a store, for tests that end it or let several share one file: <work> <file> [<wire> <name> [<leaseMs>]].
// What it says goes out in one piece before it does anything else, so that nothing said is lost with it.
const [work, file = '', wire = '', name = '', leaseMs = '1000'] = process.argv.slice(2);

function say(...words: readonly (string | number)[]): void {
  writeSync(1, `${words.join(' ')}\n`);
}

/** The session of a Case counts what was taken for it in its subject, what was delivered in its Case number, and tells of both. */
function counted(lineOfCase: number, field: 'subject' | 'caseNumber'): SessionChange {
  return {
    sessionId: sessionId(lineOfCase),
    decide: (before, eventId) => ({
      session: { ...newSession(lineOfCase), ...before, [field]: String(Number(before?.[field] ?? 0) + 1) },
      events: [
        { event: newEvent({ name: field, deliveryId: `${field} ${eventId}`, orderKey: 'told' }), deliveries: [] },
      ],
    }),
  };
}

/** Accepts and carries without end, 50 requests at a time; says what it was told to be committed. */
async function load(store: HandoffStore): Promise<void> {
  const accepting = Array.from({ length: 50 }, async (_, line) => {
    for (;;) {
      const deliveryId = randomUUID();
      const body = Buffer.from(deliveryId.repeat(1 + (line % 7) * 20));
      const newCall = newEvent({ deliveryId, orderKey: `case ${line % 10}`, body });
      const { event } = await store.accept(newCall, toFarSide, counted(line % 10, 'subject'));
      say('accepted', event.id, deliveryId, body.length);
    }
  });
  const carrying = (async () => {
    for (;;) {
      const claimed = await store.claim(name, Date.now(), 50, 5);
      await Promise.all(
        claimed.map(async ({ id, orderKey }) => {
          const change = counted(Number(orderKey.slice('case '.length)), 'caseNumber');
          if (await store.finish(id, name, newAttempt(), { state: 'delivered' }, change)) say('delivered', id);
        }),
      );
    }
  })();
  await Promise.all([...accepting, carrying]);
}

/** Carries what is there until nothing is left, by lines in the file `wire`, which stands for the far side. */
async function carry(store: HandoffStore): Promise<void> {
  while (await isLeft(store)) {
    for (const { id, eventId } of await store.claim(name, Date.now(), Number(leaseMs), 4)) {
      appendFileSync(wire, `${name} ${eventId}\n`);
      await new Promise((resolve) => setTimeout(resolve, 1));
      if (await store.finish(id, name, newAttempt(), { state: 'delivered' })) say('delivered', id);
    }
  }
}

async function isLeft(store: HandoffStore): Promise<boolean> {
  const { pending, delivering } = await store.counts();
  return pending + delivering > 0;
}

/** Accepts until ten were refused; then whether it still reads. */
async function fill(store: HandoffStore): Promise<void> {
  for (let refused = 0; refused < 10;) {
    try {
      const { event } = await store.accept(
        newEvent({ deliveryId: randomUUID(), body: Buffer.alloc(50_000) }),
        toFarSide,
      );
      say('accepted', event.id);
    } catch (error) {
      say('refused', String(error));
      refused += 1;
    }
  }
  say('reads', (await store.events({ limit: 1_000 })).length);
}

async function main(): Promise<void> {
  if (work === 'open') {
    say('ready');
    await once(process.stdin, 'data');
  }
  const store = openSqliteStore({ file });
  if (work === 'open') say('accepted', (await store.accept(newEvent({ deliveryId: randomUUID() }), [])).event.id);
  else say('ready');
  // None begins before all are there.
  if (work === 'carry') await once(process.stdin, 'data');
  if (work === 'load') await load(store);
  if (work === 'carry') await carry(store);
  if (work === 'fill') await fill(store);
  if (work === 'read') say('reads', (await store.events({ limit: 1_000 })).length);
  await store.close();
  process.stdin.destroy();
}

await main();
