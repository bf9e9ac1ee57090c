import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import type { Session } from '../../../../src/handoff/session/session.ts';
import type { HandoffStore } from '../../../../src/handoff/store/handoff-store.ts';
import { openSealer } from '../../../../src/handoff/store/sealed/sealer.ts';
import { sealedStore } from '../../../../src/handoff/store/sealed/sealed-store.ts';
import { openSqliteStore } from '../../../../src/handoff/store/sqlite/open-sqlite-store.ts';
import { bodyOf, everythingTo, post, serve } from '../../serving.ts';
import { openFarSide } from '../../far-side.ts';
import { newAttempt, newEvent } from '../samples.ts';
import { newFile } from '../sqlite/new-file.ts';

/** Each stands in one place alone, so that one that is found tells which. */
const secrets = {
  headerOfEvent: 'event-header-5f3a9c1e77',
  headerOfRejection: 'rejection-header-8812aa90',
  headerOfAnswer: 'answer-cookie-c0ffee1234',
  target: 'target-path-a1b2c3d4e5f6',
  targetQuery: 'target-query-99bb88aa77',
  callback: 'callback-path-0a9b8c7d6e',
  callbackInBody: 'callback-body-1f2e3d4c5b',
  headerOfAttempt: 'attempt-header-77aa11bb22',
};

const key = randomBytes(32);

function opened(file: string, withKey: Uint8Array = key): HandoffStore {
  const store = sealedStore(openSqliteStore({ file }), openSealer(withKey));
  onTestFinished(() => store.close());
  return store;
}

/** Every byte of the files of a store, its write-ahead log too. */
async function bytesOf(file: string): Promise<string> {
  const folder = dirname(file);
  const names = await readdir(folder);
  expect(names).toContain('events.sqlite');
  const contents = await Promise.all(names.map((name) => readFile(join(folder, name), 'latin1')));
  return contents.join('\n');
}

async function expectSealed(file: string): Promise<void> {
  const bytes = await bytesOf(file);
  for (const [place, secret] of Object.entries(secrets)) expect.soft(bytes.includes(secret), place).toBe(false);
}

function newSession(wanted: Partial<Session> = {}): Session {
  return {
    id: '0b54e0cf-31e4-4d0e-93cf-0d7d4d4f0001',
    channel: 'email',
    origin: 'handoff',
    state: 'open',
    contact: { name: 'Ada' },
    createdAt: 1,
    updatedAt: 1,
    ...wanted,
  };
}

test('after a run no secret is in the files, and whoever has the key reads them all', async () => {
  const file = await newFile();
  const store = opened(file);
  const farSide = await openFarSide();
  farSide.answer(() => ({ status: 200, headers: { 'Set-Cookie': secrets.headerOfAnswer } }));
  const target = `${farSide.url}/${secrets.target}?key=${secrets.targetQuery}`;
  const running = await serve({ store, routes: everythingTo(target) });
  await post(running.webhookUrl, bodyOf(), { authorization: `Bearer ${secrets.headerOfEvent}` });
  await post(running.webhookUrl, '{}', { 'x-api-key': secrets.headerOfRejection });
  await running.heard('delivered');
  expect(farSide.calls[0]?.headers['authorization']).toBe(`Bearer ${secrets.headerOfEvent}`);
  expect(farSide.calls[0]?.path).toBe(`/hook/${secrets.target}?key=${secrets.targetQuery}`);

  await expectSealed(file);
  const [event] = await store.events({ limit: 1 });
  const [delivery] = await store.deliveries([event?.id ?? '']);
  const [attempt] = await store.attempts([delivery?.id ?? '']);
  const [rejection] = await store.rejections(1);
  const all = JSON.stringify({ event, delivery, attempt, rejection });
  const read = ['headerOfEvent', 'headerOfRejection', 'headerOfAnswer', 'target', 'targetQuery'] as const;
  for (const place of read) expect.soft(all.includes(secrets[place]), place).toBe(true);
  await running.close();
  await store.close();
  await expectSealed(file);
});

test('the callback of a session is sealed wherever it is written, and is there for whoever decides', async () => {
  const file = await newFile();
  const store = opened(file);
  const callbackUrl = `https://bot.example/hooks/${secrets.callback}`;
  const body = Buffer.from(
    `{"sessionId":"x" , "callbackUrl" : "https:\\/\\/bot.example/${secrets.callbackInBody}","summary":"He said \\"callbackUrl\\":\\"no\\""}`,
  );
  const session = newSession({ callbackUrl });
  await store.accept(newEvent({ name: 'handoff', body }), [], {
    sessionId: session.id,
    decide: () => ({
      session,
      events: [
        {
          event: newEvent({ name: 'session.started', deliveryId: 'told-1' }),
          deliveries: [{ kind: 'forward', target: callbackUrl }],
        },
      ],
    }),
  });
  const seen: unknown[] = [];
  await store.changeSession({
    sessionId: session.id,
    decide: (current) => {
      seen.push(current?.callbackUrl);
      return { events: [] };
    },
  });

  expect(seen).toEqual([callbackUrl]);
  await expectSealed(file);
  expect(await store.session(session.id)).toMatchObject({ callbackUrl });
  const [told, handoff] = await store.events({ limit: 2 });
  expect(Buffer.from(handoff?.body ?? []).toString()).toBe(body.toString());
  expect(await store.deliveries([told?.id ?? ''])).toMatchObject([{ target: callbackUrl }]);
  const [claimed] = await store.claim('one', Date.now(), 1_000, 1, { only: 'https://bot.example/' });
  const request = {
    method: 'POST',
    url: callbackUrl,
    headers: [['Authorization', `Bearer ${secrets.headerOfAttempt}`]] as const,
  };
  await store.finish(claimed?.id ?? '', 'one', newAttempt({ request }), { state: 'delivered' });
  await expectSealed(file);
  expect(await store.attempts([claimed?.id ?? ''])).toMatchObject([{ request }]);
});

test('with another key everything is listed, says what is sealed, and nothing is sent', async () => {
  const file = await newFile();
  const before = opened(file);
  const farSide = await openFarSide();
  const target = `${farSide.url}/${secrets.target}`;
  const { event } = await before.accept(
    newEvent({ receivedAt: Date.now(), headers: [['Authorization', secrets.headerOfEvent]] }),
    [{ kind: 'forward', target }],
  );
  await before.close();

  const store = opened(file, randomBytes(32));
  const running = await serve({ store, routes: everythingTo(target) });
  const [dead] = await running.heard('dead');
  expect(dead?.reason).toContain('sealed-with-another-key:');
  expect(farSide.calls).toEqual([]);
  expect(await store.events({ limit: 10 })).toMatchObject([
    { id: event.id, headers: [['Authorization', '[sealed with another key]']] },
  ]);
  await running.close();
  await store.close();

  // The right one finds all of it as it was.
  const again = opened(file);
  expect(await again.deliveries([event.id])).toMatchObject([{ state: 'dead', target }]);
  expect(await again.event(event.id)).toMatchObject({ headers: [['Authorization', secrets.headerOfEvent]] });
});

test('what was written before there was sealing is read, and carried on', async () => {
  const file = await newFile();
  const plain = openSqliteStore({ file });
  const farSide = await openFarSide();
  const target = `${farSide.url}/${secrets.target}`;
  const headers = [['Authorization', secrets.headerOfEvent]] as const;
  await plain.accept(newEvent({ receivedAt: Date.now(), headers }), [{ kind: 'forward', target }]);
  await plain.close();

  const running = await serve({ store: opened(file), routes: everythingTo(target) });
  await running.heard('delivered');
  expect(farSide.calls).toMatchObject([
    { path: `/hook/${secrets.target}`, headers: { authorization: secrets.headerOfEvent } },
  ]);
});

test('a URL that was sealed for one host is not called at another', async () => {
  const file = await newFile();
  const store = opened(file);
  const { event } = await store.accept(newEvent(), [
    { kind: 'forward', target: `https://bot.example/hooks/${secrets.target}` },
  ]);
  await store.close();
  const { DatabaseSync } = await import('node:sqlite');
  const database = new DatabaseSync(file);
  database.exec(`UPDATE delivery SET target = replace(target, 'bot.example', 'evil.example')`);
  database.close();
  expect(await opened(file).deliveries([event.id])).toMatchObject([
    { target: 'sealed-with-another-key:https://evil.example/' },
  ]);
});
