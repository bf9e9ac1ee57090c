import { describe, expect, onTestFinished, test } from 'vitest';

import { systemClock } from '../../../src/clock.ts';
import { readTraceFlags, type TraceFlag } from '../../../src/diagnose/logs/trace-flag-rows.ts';
import { openTraceHold } from '../../../src/diagnose/logs/trace-flag.ts';
import { startLocalOrg } from '../../../src/local-org/start-local-org.ts';
import type { OrgSession } from '../../../src/salesforce/auth/org-session.ts';
import { openOrg, type Org } from '../../../src/salesforce/org.ts';

const minute = 60_000;
const hour = 60 * minute;
const window = 30 * minute;

/** An org and its administrator, whom these stories trace; the clocks of both sides go on together. */
async function tracedOrg() {
  let passed = 0;
  const now = () => Date.now() + passed;
  const local = await startLocalOrg({ now: () => new Date(now()) });
  onTestFinished(() => local.close());
  const session = (): OrgSession => ({
    instanceUrl: local.url,
    accessToken: local.issueAccessToken(),
    source: 'access-token',
    refresh: async () => session(),
  });
  const opened = await openOrg(session(), { clock: { ...systemClock, now }, preferredApiVersion: '66.0' });
  // The `Date` of answers does not know of the time that the story lets pass.
  const org: Org = { ...opened, clockAhead: () => 0 };
  const userId = await org.userId();
  let levels = 0;
  const post = async (sobject: string, body: object): Promise<string> =>
    (await org.rest<{ id: string }>('POST', `/tooling/sobjects/${sobject}`, 'preparing', body)).id;
  return {
    org,
    userId,
    now,
    pass: (ms: number) => (passed += ms),
    hold: () => openTraceHold(org, userId),
    flags: () => readTraceFlags(org, userId),
    levels: () => org.toolingQuery<{ DeveloperName: string }>('SELECT DeveloperName FROM DebugLevel', 'looking'),
    /** Somebody else's flag, from and until so many milliseconds from now. */
    theirs: async (from: number, until: number, logType = 'USER_DEBUG') => {
      levels += 1;
      const DeveloperName = `Theirs${levels}`;
      return await post('TraceFlag', {
        TracedEntityId: userId,
        LogType: logType,
        DebugLevelId: await post('DebugLevel', { DeveloperName, MasterLabel: DeveloperName, ApexCode: 'DEBUG' }),
        StartDate: new Date(now() + from).toISOString(),
        ExpirationDate: new Date(now() + until).toISOString(),
      });
    },
    otherUser: async () => {
      const locale = {
        TimeZoneSidKey: 'GMT',
        LocaleSidKey: 'en_US',
        EmailEncodingKey: 'UTF-8',
        LanguageLocaleKey: 'en_US',
      };
      const [user] = await org.query<{ ProfileId: string }>(
        `SELECT ProfileId FROM User WHERE Id = '${userId}'`,
        'looking',
      );
      const person = { Username: 'rep@example.com', Email: 'rep@example.com', LastName: 'Rep', Alias: 'rep' };
      const body = { ...person, ...locale, ProfileId: user?.ProfileId };
      return (await org.rest<{ id: string }>('POST', '/sobjects/User', 'preparing', body)).id;
    },
    write: (method: 'PATCH' | 'DELETE', id: string, body?: object) =>
      org.rest(method, `/tooling/sobjects/TraceFlag/${id}`, 'changing', body),
    fault: async (body: object) => {
      const headers = { 'x-local-org-control': 'test', 'content-type': 'application/json' };
      const init = { method: 'POST', headers, body: JSON.stringify(body) };
      expect((await fetch(`${local.url}/_local/faults`, init)).ok).toBe(true);
    },
  };
}

const livesFor = (flag: TraceFlag | undefined, now: number): number =>
  Math.round(((flag?.expires ?? 0) - now) / minute);

describe('a flag of ours', () => {
  test('is renewed before it expires, as the same flag, and removed with its level', async () => {
    const { hold, flags, levels, pass, now } = await tracedOrg();
    const held = hold();
    const made = await held.keep(window / 2, window);
    expect(made.origin).toBe('made');
    pass(10 * minute);
    const early = await held.keep(window / 2, window);
    expect(livesFor(early.flag, now())).toBe(20);
    pass(10 * minute);
    const renewed = await held.keep(window / 2, window);
    expect(renewed).toMatchObject({ origin: 'made', flag: { id: made.flag.id } });
    expect(livesFor((await flags())[0], now())).toBe(30);
    expect(await held.release()).toEqual({ outcome: 'removed', problems: [] });
    expect(await flags()).toEqual([]);
    expect(await levels()).toEqual([]);
  });

  test('may live on for days in short steps: its start moves with it', async () => {
    const { hold, flags, pass, now } = await tracedOrg();
    const held = hold();
    const { flag } = await held.keep(window / 2, window);
    const steps = Array.from({ length: 110 }, () => 25 * minute);
    await steps.reduce(async (before, step) => {
      await before;
      pass(step);
      await held.keep(window / 2, window);
    }, Promise.resolve());
    const [last, ...others] = await flags();
    expect(others).toEqual([]);
    expect(last?.id).toBe(flag.id);
    expect(livesFor(last, now())).toBe(30);
    await held.release();
  });

  test('that somebody has deleted is set again', async () => {
    const { hold, flags, write } = await tracedOrg();
    const held = hold();
    const first = await held.keep(window / 2, window);
    await write('DELETE', first.flag.id);
    const second = await held.keep(window / 2, window);
    expect(second.origin).toBe('made');
    expect(second.flag.id).not.toBe(first.flag.id);
    expect(await held.release()).toEqual({ outcome: 'removed', problems: [] });
    expect(await flags()).toEqual([]);
  });

  test('whose answer is lost on the way is found, and removed at the end', async () => {
    const { hold, flags, fault } = await tracedOrg();
    await fault({ match: { method: 'POST', path: 'TraceFlag' }, times: 1, kind: 'drop-after' });
    const held = hold();
    expect((await held.keep(window / 2, window)).origin).toBe('made');
    expect(await held.release()).toEqual({ outcome: 'removed', problems: [] });
    expect(await flags()).toEqual([]);
  });

  test('leaves its level where another run uses it', async () => {
    const { hold, org, flags, levels, otherUser } = await tracedOrg();
    const one = hold();
    await one.keep(window / 2, window);
    const other = openTraceHold(org, await otherUser());
    await other.keep(window / 2, window);
    await one.release();
    expect(await flags()).toEqual([]);
    expect(await levels()).toEqual([{ attributes: expect.anything(), DeveloperName: 'OpenCX_Logs' }]);
    await other.release();
    expect(await levels()).toEqual([]);
  });

  test('finds the level of a run that was killed, and takes it away with what has expired', async () => {
    const { hold, flags, levels, pass } = await tracedOrg();
    await hold().keep(window / 2, window);
    pass(hour);
    const held = hold();
    expect((await held.keep(window / 2, window)).origin).toBe('made');
    expect(await levels()).toHaveLength(1);
    await held.release();
    expect(await flags()).toEqual([]);
    expect(await levels()).toEqual([]);
  });

  test('is refused by an org without the permission: the error is told, and nothing is left', async () => {
    const { hold, levels, fault } = await tracedOrg();
    const body = '[{"errorCode":"INSUFFICIENT_ACCESS","message":"no"}]';
    await fault({ match: { method: 'POST', path: 'TraceFlag' }, kind: 'status', status: 403, body });
    const held = hold();
    await expect(held.keep(window / 2, window)).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
    await held.release();
    expect(await levels()).toEqual([]);
  });
});

describe("somebody else's flag", () => {
  test('is used, the longest-lived one, whichever kind it is', async () => {
    const { hold, theirs } = await tracedOrg();
    await theirs(-minute, 40 * minute);
    const console = await theirs(-minute, 50 * minute, 'DEVELOPER_LOG');
    const held = hold();
    expect(await held.keep(window / 2, window)).toMatchObject({ origin: 'found', flag: { id: console } });
    expect(await held.release()).toEqual({ outcome: 'untouched', problems: [] });
  });

  test('gets its own times back, also those of a day-long flag whose start had to move', async () => {
    const { hold, flags, theirs } = await tracedOrg();
    await theirs(-23.9 * hour, 5 * minute);
    const before = await flags();
    const held = hold();
    expect((await held.keep(window / 2, window)).origin).toBe('extended');
    const [meanwhile] = await flags();
    expect((meanwhile?.expires ?? 0) - (meanwhile?.start ?? 0)).toBeLessThan(24 * hour);
    expect(await held.release()).toEqual({ outcome: 'put-back', problems: [] });
    expect(await flags()).toEqual(before);
  });

  test('that would have expired meanwhile has expired afterwards', async () => {
    const { hold, flags, theirs, pass } = await tracedOrg();
    await theirs(-minute, 5 * minute);
    const held = hold();
    await held.keep(window / 2, window);
    pass(20 * minute);
    await held.keep(window / 2, window);
    expect(await flags()).toHaveLength(1);
    expect(await held.release()).toEqual({ outcome: 'put-back', problems: [] });
    expect(await flags()).toEqual([]);
  });

  test('expires in a minute where the org takes no time that has passed', async () => {
    const { hold, flags, theirs, pass, fault, now } = await tracedOrg();
    await theirs(-minute, 5 * minute);
    const held = hold();
    await held.keep(window / 2, window);
    pass(10 * minute);
    const body = '[{"errorCode":"FIELD_INTEGRITY_EXCEPTION","message":"the expiration date has passed"}]';
    await fault({ match: { method: 'PATCH', path: 'TraceFlag' }, times: 1, kind: 'status', status: 400, body });
    expect(await held.release()).toEqual({ outcome: 'put-back', problems: [] });
    expect(livesFor((await flags())[0], now())).toBe(1);
  });

  test('that somebody has changed meanwhile stays as they want it', async () => {
    const { hold, flags, theirs, write, now } = await tracedOrg();
    const id = await theirs(-minute, 5 * minute);
    const held = hold();
    await held.keep(window / 2, window);
    await write('PATCH', id, { ExpirationDate: new Date(now() + 3 * hour).toISOString() });
    await held.release();
    expect(livesFor((await flags())[0], now())).toBe(180);
  });

  test('that begins later is not run into, and used when it begins', async () => {
    const { hold, flags, theirs, pass, now } = await tracedOrg();
    const later = await theirs(10 * minute, 2 * hour);
    const held = hold();
    const made = await held.keep(window / 2, window);
    expect(made.origin).toBe('made');
    expect(livesFor(made.flag, now())).toBe(10);
    expect(await flags()).toHaveLength(2);
    pass(10 * minute);
    expect(await held.keep(window / 2, window)).toMatchObject({ origin: 'found', flag: { id: later } });
    await held.release();
    expect((await flags()).map(({ id }) => id)).toEqual([later]);
  });

  test('that is set at the same moment is used, and ours is not', async () => {
    const { flags, theirs, org, userId } = await tracedOrg();
    let race = true;
    const racing: Org = {
      ...org,
      rest: async (method, path, doing, body) => {
        if (method === 'POST' && path.endsWith('TraceFlag') && race) {
          race = false;
          await theirs(-minute, hour);
        }
        return await org.rest(method, path, doing, body);
      },
    };
    const held = openTraceHold(racing, userId);
    expect(await held.keep(window / 2, window)).toMatchObject({ origin: 'found', flag: { debugLevel: 'Theirs1' } });
    await held.release();
    expect((await flags()).map(({ debugLevel }) => debugLevel)).toEqual(['Theirs1']);
  });
});
