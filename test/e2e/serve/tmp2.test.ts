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
  { timeout: 45_000 },
  async () => {
    const org = await installedOrg();
    const callback = await openFarSide();
    const flags = ['--callback-url', callback.url];
    const serve = await org.serve(...flags);
    setTimeout(() => console.log(JSON.stringify(serve.documents.map((d) => d.result)).slice(-3000)), 35000);
    const cases = () => org.admin.query("SELECT Id FROM Case WHERE Case_From__c = 'opencx'");
    expect((await serve.api('POST', '/handoffs', handoff)).status).toBe(202);
    console.log('STEP 36');
    await serve.result(({ event, name }) => event === 'delivered' && name === 'session.handoff_completed');
    console.log('STEP 37');
    const message = { role: 'ai', text: 'We are on it.' };
    expect((await serve.api('POST', `/sessions/${sessionId}/messages`, message)).status).toBe(202);
    console.log('STEP 39');
    await serve.result(({ event, name }) => event === 'delivered' && name === 'message.delivered');
    console.log('STEP 40');
    await serve.events('trigger', 'case_created');
    console.log('STEP 41');

    const list = async (...args: string[]): Promise<Listed[]> =>
      resultOf(await serve.events('list', '--json', ...args), eventsListResultSchema).events;
    const listed = await list('--session', sessionId);
    expect(listed.map(({ name, direction }) => `${direction} ${name}`)).toEqual([
      'told message.delivered',
      'from-opencx message',
      'told session.handoff_completed',
      'from-opencx handoff',
    ]);
    expect(await list('--session', '0B5F3C1E')).toEqual(listed);
    console.log('STEP 52');
    expect(await list('--session', sessionId, '--contains', 'on it')).toHaveLength(2);
    console.log('STEP 53');
    expect(await list('--session', 'ffffffff')).toEqual([]);
    console.log('STEP 54');
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
    console.log('STEP 65');

    const [, , completed, given] = listed;
    resultOf(await serve.events('show', given?.id ?? '', '--json'), eventsShowResultSchema);
    const shown = (await serve.events('show', given?.id ?? '')).stdout;
    expect(shown).toMatch(/^Direction: +← OpenCX, for a session$/m);
    console.log('STEP 70');
    expect(shown).toMatch(new RegExp(`^Session: +${sessionId}$`, 'm'));
    console.log('STEP 71');
    expect(shown).toContain(`→ ${org.running.url}/  delivered`);
    console.log('STEP 72');
    expect((await serve.events('show', completed?.id ?? '')).stdout).toMatch(/^Direction: +→ OpenCX, of a session$/m);
    console.log('STEP 73');

    const toldAgain = await serve.events('replay', completed?.id ?? '', '--json');
    expect(resultOf(toldAgain, eventsReplayResultSchema)).toMatchObject({ deliveredBy: 'serve' });
    console.log('STEP 76');
    expect(callback.calls.filter(({ body }) => body.includes('handoff_completed'))).toHaveLength(2);
    console.log('STEP 77');
    const givenAgain = await serve.events('replay', given?.id ?? '', '--json');
    expect(resultOf(givenAgain, eventsReplayResultSchema)).toMatchObject({
      deliveredBy: 'serve',
      replays: [{ replayOf: given?.id, deliveries: [{ kind: 'case', state: 'delivered' }] }],
    });
    expect(await cases()).toHaveLength(1);
    console.log('STEP 83');
    await serve.stop();
    console.log('STEP 84');

    const nobody = await serve.events('replay', given?.id ?? '', '--wait', '30s');
    expect(nobody.exitCode).toBe(69);
    console.log('STEP 87');
    expect(nobody.stderr).toContain('What goes to Salesforce has not arrived yet.');
    console.log('STEP 88');
    expect(nobody.stderr).toContain('opencx-sf serve --target-org <name>');
    console.log('STEP 89');
    const next = await org.serve(...flags);
    expect(next.started).toMatchObject({ waiting: 1 });
    console.log('STEP 91');
    await next.result(({ event, replayOf }) => event === 'delivered' && replayOf === given?.id);
    console.log('STEP 92');
    expect(await cases()).toHaveLength(1);
    console.log('STEP 93');
    expect(await next.stop()).toMatchObject({ waiting: 0, dead: 0 });
    console.log('STEP 94');
  },
);
