import { describe, expect, test } from 'vitest';

import { systemClock, type Clock } from '../../../src/clock.ts';
import { defaultStreamPace } from '../../../src/messaging/stream/stream-events.ts';
import { apiOf } from '../live-messaging.ts';
import { startScrt } from '../scripted-scrt.ts';
import { dataOf, followStream, has, sse, streamsAnswer } from './follow-stream.ts';

describe('the event stream', () => {
  test('is asked for with what the org compares, and resumed after the last event that came whole', async () => {
    const scrt = await startScrt();
    const following = await followStream(scrt);
    await following.until(has('open'));
    scrt.write('id: 41\nevent: A\ndata: one\n\n');
    scrt.write('id: 42\nevent: A\ndata: two\n\nevent: A\ndata: without an id\n\nid: 43\nevent: A\ndata: cut o');
    await following.until(has('event', 3));
    scrt.cut();
    await following.until(has('open', 2));
    const [first, second] = scrt.received(sse);
    expect(first?.headers).toMatchObject({
      accept: 'text/event-stream',
      'x-org-id': '00D5g00000Ab1Cd',
      'last-event-id': '0',
    });
    expect(second?.headers['last-event-id']).toBe('42');
    expect(dataOf(following.events)).toEqual(['one', 'two', 'without an id']);
    expect(following.events.map(({ type }) => type)).toEqual(['open', 'event', 'event', 'event', 'lost', 'open']);
    const [lost, open] = following.events.slice(-2);
    expect(open).toMatchObject({ lostAt: lost?.type === 'lost' ? lost.at : 'never lost' });
  });

  test('is read whatever pieces it comes in: split letters, split line ends, comments, several lines of data', async () => {
    const scrt = await startScrt();
    const following = await followStream(scrt);
    await following.until(has('open'));
    const bytes = Buffer.from(
      ': hello\r\nid: 1\r\nevent: A\r\ndata: grüße 👩‍🚒\r\ndata: zwei\r\n\r\nevent: ping\ndata: 0\n\n',
    );
    for (const byte of bytes) {
      scrt.write(Uint8Array.of(byte));
      await systemClock.sleep(1);
    }
    await following.until(has('ping'));
    expect(dataOf(following.events)).toEqual(['grüße 👩‍🚒\nzwei']);
  });

  test('is lost after a silence, and connected again', async () => {
    const scrt = await startScrt();
    const following = await followStream(scrt, { pace: { heartbeatMs: 60 } });
    await following.until(has('open', 2));
    expect(following.events.find(({ type }) => type === 'lost')).toMatchObject({
      reason: 'nothing was heard for 0.06 s',
    });
    await expect.poll(scrt.openStreams).toBeLessThanOrEqual(1);
  });

  test('stays open as long as the server gives a sign of life, be it a comment', async () => {
    const scrt = await startScrt();
    const following = await followStream(scrt, { pace: { heartbeatMs: 3000 } });
    await following.until(has('open'));
    for (let sign = 0; sign < 15; sign += 1) {
      await systemClock.sleep(250);
      scrt.write(': still here\n');
    }
    scrt.write('event: A\ndata: at last\n\n');
    await following.until(has('event'));
    expect(following.events.map(({ type }) => type)).toEqual(['open', 'event']);
  });

  test('waits ever longer between connections that fail, and as short as at first after a good one', async () => {
    const scrt = await startScrt();
    const waits: number[] = [];
    const clock: Clock = {
      ...systemClock,
      random: () => 1,
      sleep: async (ms, signal) => {
        if (ms > 30_000) return systemClock.sleep(ms, signal);
        waits.push(ms);
      },
    };
    const bad = { status: 503 };
    streamsAnswer(scrt, undefined, bad, { drop: true }, bad, bad, bad, bad, bad, bad, bad, bad, bad, undefined);
    const pace = { ...defaultStreamPace, connectMs: 60_000 };
    const following = await followStream(scrt, { clock, pace });
    await following.until(has('open'));
    scrt.cut();
    await following.until(has('open', 2));
    expect(waits).toEqual([1000, 1500, 2250, 3375, 5063, 7594, 11_391, 17_086, 25_629, 30_000, 30_000, 30_000]);
    waits.length = 0;
    scrt.write('event: ping\ndata: 0\n\n');
    await following.until(has('ping'));
    streamsAnswer(scrt, undefined);
    scrt.cut();
    await following.until(has('open', 3));
    expect(waits).toEqual([1000]);
  });

  test('does what the server asks: retry in the stream, Retry-After of a refusal', async () => {
    const scrt = await startScrt();
    const waits: number[] = [];
    const clock: Clock = {
      ...systemClock,
      random: () => 1,
      sleep: async (ms, signal) => {
        if (ms > 30_000) return systemClock.sleep(ms, signal);
        waits.push(ms);
      },
    };
    const following = await followStream(scrt, { clock, pace: { ...defaultStreamPace, connectMs: 60_000 } });
    await following.until(has('open'));
    scrt.write('retry: 1234\nevent: ping\ndata: 0\n\n');
    await following.until(has('ping'));
    streamsAnswer(scrt, { status: 429, headers: { 'retry-after': '17' } }, undefined);
    scrt.cut();
    await following.until(has('open', 2));
    expect(waits).toEqual([1234, 17_000]);
  });

  test('is given up when a server takes connections and hangs up each time', async () => {
    const scrt = await startScrt();
    const end = { status: 200, headers: { 'content-type': 'text/event-stream' } };
    streamsAnswer(scrt, end);
    const following = await followStream(scrt, { pace: { streamAttempts: 5 } });
    expect(await following.ended).toMatchObject({ code: 'NETWORK', message: 'the server ended the stream' });
    expect(scrt.received(sse)).toHaveLength(5);
  });

  test('is given up when a server says how long to wait, hangs up, and does so again and again', async () => {
    const scrt = await startScrt();
    streamsAnswer(scrt, { status: 200, headers: { 'content-type': 'text/event-stream' }, body: 'retry: 0\n\n' });
    const following = await followStream(scrt, { pace: { streamAttempts: 5 } });
    expect(await following.ended).toMatchObject({ code: 'NETWORK', message: 'the server ended the stream' });
    expect(scrt.received(sse)).toHaveLength(5);
  });

  test('is no stream if it comes as something else', async () => {
    const scrt = await startScrt();
    streamsAnswer(scrt, { status: 200, body: { ok: true } });
    const following = await followStream(scrt);
    expect(await following.ended).toMatchObject({
      code: 'ORG_UNEXPECTED_ANSWER',
      message: expect.stringContaining('application/json'),
    });
    expect(following.events).toEqual([]);
    expect(scrt.received(sse)).toHaveLength(1);
  });

  test.each([400, 403, 404])('is not asked for again after %d', async (status) => {
    const scrt = await startScrt();
    streamsAnswer(scrt, { status, body: { error: 'NO', message: 'OrgId in the header and token must match' } });
    const following = await followStream(scrt);
    expect(await following.ended).toMatchObject({
      details: { httpStatus: status },
      message: expect.stringContaining('OrgId in the header'),
    });
    expect(scrt.received(sse)).toHaveLength(1);
  });

  test('is given up soon if it never opened', async () => {
    const scrt = await startScrt();
    streamsAnswer(scrt, { drop: true });
    expect(await (await followStream(scrt)).ended).toMatchObject({ code: 'NETWORK' });
    expect(scrt.received(sse)).toHaveLength(3);
  });

  test('goes on at once with a new token after 401, also after the next one', async () => {
    const scrt = await startScrt();
    const following = await followStream(scrt);
    await following.until(has('open'));
    for (const round of [2, 3]) {
      const old = scrt.received(sse).at(-1)?.headers.authorization;
      scrt.otherwise(({ headers, path }) =>
        path === '/eventrouter/v1/sse' && headers.authorization === old
          ? { status: 401, body: 'Jwt is expired' }
          : undefined,
      );
      scrt.cut();
      await following.until(has('open', round));
    }
    expect(scrt.received(/POST .*access-token/)).toHaveLength(3);
    expect(has('lost', 3)(following.events)).toBe(false);
  });

  test('ends when the new token is refused as well', async () => {
    const scrt = await startScrt();
    streamsAnswer(scrt, { status: 401, body: 'Jwt verification fails' });
    expect(await (await followStream(scrt)).ended).toMatchObject({ code: 'AUTH_FAILED' });
    expect(scrt.received(sse)).toHaveLength(2);
  });

  test('counts as lost while the gap before it cannot be filled', async () => {
    const scrt = await startScrt();
    let calls = 0;
    const api = await apiOf(scrt.url);
    const fillGap = async () => {
      calls += 1;
      if (calls > 1 && calls < 4) await api.listEntries(() => 'x', 'none', { limit: 1, direction: 'FromStart' });
    };
    scrt.otherwise(({ path }) => (path.endsWith('/entries') ? { status: 502 } : undefined));
    const following = await followStream(scrt, { fillGap });
    await following.until(has('open'));
    scrt.cut();
    await following.until(has('open', 2));
    expect(following.events.map(({ type }) => type)).toEqual(['open', 'lost', 'lost', 'lost', 'open']);
  });

  test('leaves nothing open when it is stopped', async () => {
    const scrt = await startScrt();
    const following = await followStream(scrt);
    await following.until(has('open'));
    expect(scrt.openStreams()).toBe(1);
    following.stop();
    expect(await following.ended).toMatchObject({ code: 'INTERRUPTED' });
    await expect.poll(scrt.openStreams).toBe(0);
  });

  test('does not fill the memory with an event that never ends', async () => {
    const scrt = await startScrt();
    const following = await followStream(scrt);
    await following.until(has('open'));
    scrt.write(`data: ${'x'.repeat(8_000_100)}`);
    await following.until(has('lost'));
    expect(following.events.at(-1)).toMatchObject({ reason: 'an event is longer than 8000000 characters' });
  });
});
