import { describe, expect, test } from 'vitest';

import {
  eventsReplayResultSchema,
  eventsShowResultSchema,
  eventsTriggerResultSchema,
} from '../../../src/commands/events/result-schema.ts';
import { openFarSide } from '../../handoff/far-side.ts';
import { farDelivery, listed, resultOf, served } from './served-events.ts';
import { ownPlace, startServe } from './serve-process.ts';

describe('events replay', () => {
  test('is delivered by the serve that runs, byte for byte, marked as what it is', async () => {
    const { serve, far, ids } = await served(['case_created']);
    const { deliveredBy, replays } = resultOf(
      await serve.events('replay', ids[0] ?? '', '--json'),
      eventsReplayResultSchema,
    );
    expect(deliveredBy).toBe('serve');
    expect(replays).toMatchObject([{ replayOf: ids[0], deliveries: farDelivery({ state: 'delivered' }) }]);
    expect(far.calls).toHaveLength(2);
    expect(far.calls[1]?.body.equals(far.calls[0]?.body ?? Buffer.alloc(0))).toBe(true);
    expect(far.calls[1]?.headers).toMatchObject({ 'opencx-sf-replay-of': ids[0] });
    expect(
      await serve.result(
        ({ event, replayOf, target }) => event === 'delivered' && replayOf === ids[0] && target !== ownPlace,
      ),
    ).toBeDefined();
    await serve.stop();
  });

  test('is delivered by the command itself where none runs, edited and elsewhere', async () => {
    const { serve, far, ids } = await served(['case_created']);
    await serve.stop();
    const other = await openFarSide();
    const run = await serve.events('replay', ids[0] ?? '', '--to', other.url, '--set', 'case_subject=Edited', '--json');
    expect(resultOf(run, eventsReplayResultSchema)).toMatchObject({ deliveredBy: 'this command' });
    expect(far.calls).toHaveLength(1);
    const before = JSON.parse(far.calls[0]?.body.toString() ?? '') as object;
    expect(JSON.parse(other.calls[0]?.body.toString() ?? '')).toEqual({ ...before, case_subject: 'Edited' });
  });

  test('goes to where the event went, also if the serve that runs now forwards elsewhere', async () => {
    const { serve, far, ids } = await served(['case_created']);
    await serve.stop();
    const next = await startServe(serve.cwd);
    const { deliveredBy } = resultOf(await next.events('replay', ids[0] ?? '', '--json'), eventsReplayResultSchema);
    expect(deliveredBy).toBe('serve');
    expect(far.calls).toHaveLength(2);
    await next.stop();
  });

  test('carries what else waits in the store where no serve runs, so that a Case keeps its order', async () => {
    const { serve, far, ids } = await served(['case_created']);
    await far.close();
    await serve.events('trigger', 'case_email_received');
    await serve.result(({ event }) => event === 'far-side-down');
    await serve.stop();
    const again = await openFarSide(far.port);
    const run = await serve.events('replay', ids[0] ?? '');
    expect(run).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('1 event that waited in the store was delivered'),
    });
    const arrived = again.calls.map(({ body }) => (JSON.parse(body.toString()) as { event: string }).event);
    expect(arrived).toEqual(['case_email_received', 'case_created']);
  });

  test('replays all that a filter finds, in the order in which they came', async () => {
    const { serve, far, ids } = await served(['case_created'], ['case_email_received'], ['case_closed']);
    const run = await serve.events('replay', '--state', 'delivered', '--json');
    const { replays } = resultOf(run, eventsReplayResultSchema);
    expect((replays as { replayOf: string }[]).map(({ replayOf }) => replayOf)).toEqual(ids);
    const sent = far.calls.map(({ body }) => (JSON.parse(body.toString()) as { event: string }).event);
    expect(sent.slice(3)).toEqual(sent.slice(0, 3));
    await serve.stop();
  });

  test('tells what did not arrive, with the answer, and leaves it dead', async () => {
    const { serve, far, ids } = await served(['case_created']);
    far.answer(() => ({ status: 410, body: 'gone for good' }));
    const run = await serve.events('replay', ids[0] ?? '');
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toContain('gone for good');
    expect(run.stderr).toContain('NOT_DELIVERED');
    expect(await listed(serve, '--state', 'dead')).toHaveLength(1);
    await serve.stop();
  });

  test('settles what was dead: it is replaced by the replay that arrives, and asked for again it is not sent twice', async () => {
    const { serve, far } = await served();
    far.answer(() => ({ status: 410 }));
    const { id } = resultOf(await serve.events('trigger', 'case_closed', '--json'), eventsTriggerResultSchema);
    await serve.result(({ event, eventId }) => event === 'dead' && eventId === id);
    const refused = await serve.events('replay', '--state', 'dead', '--json');
    expect(refused.exitCode).toBe(1);
    const [second] = refused.json().result.replays as { id: string }[];
    expect(await listed(serve, '--state', 'dead')).toEqual([second?.id, id]);

    far.answer(() => ({ status: 200 }));
    const { replays } = resultOf(await serve.events('replay', '--state', 'dead', '--json'), eventsReplayResultSchema);
    expect(replays).toMatchObject([{ replayOf: second?.id, deliveries: farDelivery({ state: 'delivered' }) }]);
    expect(far.calls).toHaveLength(3);
    expect(await listed(serve, '--state', 'dead')).toEqual([]);
    expect(await listed(serve, '--state', 'replaced')).toEqual([second?.id, id]);
    const shown = resultOf(await serve.events('show', id, '--json'), eventsShowResultSchema);
    expect(shown).toMatchObject({
      deliveries: farDelivery({ state: 'replaced', replacedBy: replays[0].id, attempts: 1 }),
    });
    expect((await serve.events('show', id)).stdout).toContain(`replaced by ${replays[0].id}`);
    expect(await serve.stop()).toMatchObject({ dead: 0 });
  });

  test('waits for a far side that is down, and says that it goes on in the store', async () => {
    const { serve, far, ids } = await served(['case_created']);
    await far.close();
    await serve.stop();
    const run = await serve.events('replay', ids[0] ?? '', '--wait', '2s');
    expect(run.exitCode).toBe(69);
    expect(run.stdout).toContain('ECONNREFUSED');
    expect(run.stderr).toContain('opencx-sf serve goes on with them');
    const again = await openFarSide(far.port);
    const next = await startServe(serve.cwd, '--forward-to', far.url);
    await next.result(
      ({ event, replayOf, target }) => event === 'delivered' && replayOf === ids[0] && target !== ownPlace,
    );
    expect(again.calls).toHaveLength(1);
    await next.stop();
  });

  test('waits no longer than it is told, and loses nothing by it', async () => {
    const { serve, far, ids } = await served(['case_created']);
    far.answer((_call, nth) => ({ status: nth === 2 ? 500 : 200 }));
    const waiting = await serve.events('replay', ids[0] ?? '', '--wait', '1s', '--json');
    expect(resultOf(waiting, eventsReplayResultSchema, 69)).toMatchObject({
      replays: [{ deliveries: farDelivery({ state: expect.stringMatching(/^(?:pending|delivering)$/) as string }) }],
    });
    await serve.result(
      ({ event, replayOf, target }) => event === 'delivered' && replayOf === ids[0] && target !== ownPlace,
    );
    const notWaiting = await serve.events('replay', ids[0] ?? '', '--wait', '0s', '--json');
    resultOf(notWaiting, eventsReplayResultSchema);
    await serve.stop();
  });

  test('puts nothing into the store if one of them cannot be made', async () => {
    const { serve, far, ids } = await served(['case_created'], ['case_email_received']);
    for (const args of [
      ['--event', 'case_created', ids[0] ?? ''],
      [],
      [...ids, '--set', 'text_body=x'],
      [ids[0] ?? '', '--to', 'ftp://localhost/'],
    ]) {
      const run = await serve.events('replay', ...args, '--json');
      expect(run.json().error?.code, args.join(' ')).toBe('USAGE');
    }
    expect((await serve.events('replay', 'evt_nothing', '--json')).json().error?.code).toBe('EVENT_NOT_FOUND');
    expect(await listed(serve)).toHaveLength(2);
    await serve.stop();
    expect(far.calls).toHaveLength(2);
  });
});
