import { expect, test } from 'vitest';

import {
  eventsExportResultSchema,
  eventsListResultSchema,
  eventsReplayResultSchema,
  eventsShowResultSchema,
} from '../../../src/commands/events/result-schema.ts';
import { openFarSide } from '../../handoff/far-side.ts';
import { installedOrg } from './installed-org.ts';
import { resultOf } from './served-events.ts';

const sessionId = '0b5f3c1e-8a52-4f5e-9d43-0d7d5a0c9e11';
const handoff = {
  sessionId,
  channel: 'email',
  contact: { email: 'jane@customer.test', name: 'Jane Doe' },
  subject: 'A refund',
  summary: 'Wants her money back.',
};

interface Listed {
  readonly id: string;
  readonly name: string;
  readonly direction: string;
}

test(
  'what was given and told for a session is listed, shown, exported and replayed; a replay makes no second Case',
  { timeout: 120_000 },
  async () => {
    const org = await installedOrg();
    const callback = await openFarSide();
    const flags = ['--callback-url', callback.url];
    const serve = await org.serve(...flags);
    const cases = () => org.admin.query("SELECT Id FROM Case WHERE Case_From__c = 'opencx'");
    expect((await serve.api('POST', '/handoffs', handoff)).status).toBe(202);
    await serve.result(({ event, name }) => event === 'delivered' && name === 'session.handoff_completed');
    const message = { role: 'ai', text: 'We are on it.' };
    expect((await serve.api('POST', `/sessions/${sessionId}/messages`, message)).status).toBe(202);
    // Our trigger sends what the integration user saves, and this login is the administrator.
    await serve.result(({ event, name }) => event === 'delivered' && name === 'message.failed');
    await serve.events('trigger', 'case_created');

    const list = async (...args: string[]): Promise<Listed[]> =>
      resultOf(await serve.events('list', '--json', ...args), eventsListResultSchema).events;
    const listed = await list('--session', sessionId);
    expect(listed.map(({ name, direction }) => `${direction} ${name}`)).toEqual([
      'told message.failed',
      'from-opencx message',
      'told session.handoff_completed',
      'from-opencx handoff',
    ]);
    expect(await list('--session', '0B5F3C1E')).toEqual(listed);
    expect(await list('--session', sessionId, '--contains', 'REFUND')).toMatchObject([{ name: 'handoff' }]);
    expect(await list('--session', 'ffffffff')).toEqual([]);
    for (const args of [
      ['--session', 'jane'],
      ['--session', sessionId, '--case', '00001027'],
    ]) {
      expect((await serve.events('list', '--json', ...args)).json().error?.code, args.join(' ')).toBe('USAGE');
    }
    const file = resultOf(
      await serve.events('export', '--session', sessionId, '--output', 'session.ndjson', '--json'),
      eventsExportResultSchema,
    );
    expect(file).toMatchObject({ events: 4 });

    const [, , completed, given] = listed;
    resultOf(await serve.events('show', given?.id ?? '', '--json'), eventsShowResultSchema);
    const shown = (await serve.events('show', given?.id ?? '')).stdout;
    expect(shown).toMatch(/^Direction: +← OpenCX, for a session$/m);
    expect(shown).toMatch(new RegExp(`^Session: +${sessionId}$`, 'm'));
    expect(shown).toContain(`→ ${org.running.url}/  delivered`);
    expect((await serve.events('show', completed?.id ?? '')).stdout).toMatch(/^Direction: +→ OpenCX, of a session$/m);

    const toldAgain = await serve.events('replay', completed?.id ?? '', '--json');
    expect(resultOf(toldAgain, eventsReplayResultSchema)).toMatchObject({ deliveredBy: 'serve' });
    expect(callback.calls.filter(({ body }) => body.includes('handoff_completed'))).toHaveLength(2);
    const givenAgain = await serve.events('replay', given?.id ?? '', '--json');
    expect(resultOf(givenAgain, eventsReplayResultSchema)).toMatchObject({
      deliveredBy: 'serve',
      replays: [{ replayOf: given?.id, deliveries: [{ kind: 'case', state: 'delivered' }] }],
    });
    expect(await cases()).toHaveLength(1);
    await serve.stop();

    const nobody = await serve.events('replay', given?.id ?? '', '--wait', '30s');
    expect(nobody.exitCode).toBe(69);
    expect(nobody.stderr).toContain('What goes to Salesforce has not arrived yet.');
    expect(nobody.stderr).toContain('opencx-sf serve --target-org <name>');
    const next = await org.serve(...flags);
    expect(next.started).toMatchObject({ waiting: 1 });
    await next.result(({ event, replayOf }) => event === 'delivered' && replayOf === given?.id);
    expect(await cases()).toHaveLength(1);
    expect(await next.stop()).toMatchObject({ waiting: 0, dead: 1 });
  },
);
