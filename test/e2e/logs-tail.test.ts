import { setTimeout as delay } from 'node:timers/promises';

import { describe, expect, onTestFinished, test } from 'vitest';

import { envelopeSchema } from '../../src/commands/envelope-schema.ts';
import { logsResultSchema } from '../../src/commands/logs/result-schema.ts';
import { logsStage, type LogsStage } from '../diagnose/logs/logs-stage.ts';
import { ended, type CliRun, type Envelope } from './cli.ts';

/** A run that goes on, and what it has written so far. */
interface Running {
  child: ReturnType<LogsStage['tail']>;
  end: Promise<CliRun>;
  stdout: () => string;
  stderr: () => string;
}

function follow(child: Running['child']): Running {
  let stdout = '';
  let stderr = '';
  const end = ended(child);
  child.stdout.on('data', (text: string) => (stdout += text));
  child.stderr.on('data', (text: string) => (stderr += text));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await end;
  });
  return { child, end, stdout: () => stdout, stderr: () => stderr };
}

const slow = { timeout: 20_000, interval: 50 };

/** Starts `logs --tail` and waits until it follows. */
async function following(stage: LogsStage, ...args: string[]): Promise<Running> {
  const running = follow(stage.tail(...args));
  await expect.poll(() => running.stderr() + running.stdout(), slow).toMatch(/Ctrl-C ends|"event":"tailing"/);
  return running;
}

const minutesLeft = (date = ''): number => (Date.parse(date) - Date.now()) / 60_000;

describe('opencx-sf logs --tail', { timeout: 120_000 }, () => {
  test('sets a flag, shows what is refused as it happens, and at Ctrl-C takes flag and debug level away', async () => {
    const stage = await logsStage();
    const { child, end, stdout, stderr } = await following(stage);
    const [flag, ...others] = await stage.flags();
    expect(others).toEqual([]);
    expect(flag).toMatchObject({ TracedEntityId: stage.org.opencx.id, LogType: 'USER_DEBUG' });
    expect(minutesLeft(flag?.ExpirationDate)).toBeLessThanOrEqual(30);
    expect(stderr()).toContain(`debug level OpenCX_Logs, was set. Ctrl-C ends and takes that back.`);

    await stage.org.control('PATCH', 'mail/settings', { deliverability: 'none' });
    await stage.reply();
    await expect.poll(stdout, slow).toContain('→ NO_MASS_MAIL_PERMISSION: ');
    await stage.reply();
    await expect.poll(() => stdout().match(/sendEmail failed/g)?.length, slow).toBe(2);

    child.kill('SIGINT');
    const run = await end;
    expect(run.exitCode).toBe(0);
    expect(run.stderr).toContain('The trace flag is removed.');
    expect(await stage.flags()).toEqual([]);
    expect(await stage.debugLevels()).toEqual([]);
    // Told in full once: the way to mend it stands below the first of both lines alone.
    expect(run.stdout.match(/Access level to "All email"/g)).toHaveLength(1);
  });

  test("uses somebody else's flag, makes it live longer, and gives it its own end back", async () => {
    const stage = await logsStage();
    const id = await stage.setFlag(5);
    const [before] = await stage.flags();
    const { child, end } = await following(stage);
    const [meanwhile, ...others] = await stage.flags();
    expect(others).toEqual([]);
    expect(meanwhile).toMatchObject({ Id: id, DebugLevel: { DeveloperName: 'Theirs' } });
    expect(minutesLeft(meanwhile?.ExpirationDate)).toBeGreaterThan(28);
    child.kill('SIGTERM');
    const run = await end;
    expect(run.stderr).toContain('The trace flag has its own end again.');
    expect(await stage.flags()).toEqual([before]);
    expect(await stage.debugLevels()).toEqual(['Theirs']);
  });

  test('leaves a flag alone that lives long enough', async () => {
    const stage = await logsStage();
    await stage.setFlag(120);
    const before = await stage.flags();
    const { child, end, stderr } = await following(stage);
    expect(await stage.flags()).toEqual(before);
    expect(stderr()).toContain('was there and is used as it is. Ctrl-C ends.');
    child.kill('SIGINT');
    expect((await end).exitCode).toBe(0);
    expect(await stage.flags()).toEqual(before);
  });

  test('--no-trace follows and touches no flag', async () => {
    const stage = await logsStage();
    const { child, end } = await following(stage, '--no-trace', '--json');
    expect(await stage.flags()).toEqual([]);
    child.kill('SIGINT');
    const documents = (await end).stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Envelope);
    expect(documents.map(({ result }) => result.event)).toEqual(['tailing', 'stopped']);
    expect(documents[0]?.result.traceFlag).toBeNull();
    expect(documents[1]?.result.released).toBe('untouched');
  });

  test('--json prints a document a line, each of the published shape', async () => {
    const stage = await logsStage();
    const { child, end, stdout } = await following(stage, '--json');
    await stage.org.control('PATCH', 'mail/settings', { deliverability: 'none' });
    await stage.reply();
    await expect.poll(stdout, slow).toContain('"event":"entry"');
    child.kill('SIGINT');
    const documents = (await end).stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Envelope);
    const schema = envelopeSchema(logsResultSchema);
    expect(documents.flatMap((document) => schema.safeParse(document).error?.issues ?? [])).toEqual([]);
    expect(documents.map(({ result }) => result.event)).toEqual(['tailing', 'entry', 'stopped']);
    expect(documents[0]?.result.traceFlag).toMatchObject({ origin: 'made' });
    expect(documents[1]?.result.entry).toMatchObject({ unit: 'OpenCxOutboundEmailSender', level: 'ERROR' });
    expect(documents[2]?.result).toMatchObject({ released: 'removed', logs: { withOurApex: 2 } });
  });

  test('ends when nobody reads any more, and takes the flag away', async () => {
    const stage = await logsStage();
    const { child, end } = await following(stage, '--all');
    child.stdout.destroy();
    await stage.reply();
    const run = await end;
    expect(run.exitCode).toBe(0);
    expect(run.stderr).toContain('The trace flag is removed.');
    expect(await stage.flags()).toEqual([]);
  });

  test('sits out an org that does not answer for a while', async () => {
    const stage = await logsStage();
    const { child, end, stdout, stderr } = await following(stage);
    await stage.fault({
      match: { method: 'GET', path: '/tooling/query' },
      times: 6,
      kind: 'status',
      status: 503,
      body: '',
    });
    await expect.poll(stderr, slow).toMatch(/The org did not answer; asking again, 1 of 10\. .*ERROR_HTTP_503/);
    await stage.org.control('PATCH', 'mail/settings', { deliverability: 'none' });
    await stage.reply();
    await expect.poll(stdout, slow).toContain('sendEmail failed');
    child.kill('SIGINT');
    expect((await end).exitCode).toBe(0);
    expect(await stage.flags()).toEqual([]);
  });

  test('takes no web page for a log', async () => {
    const stage = await logsStage();
    const { child, end, stdout } = await following(stage);
    await stage.fault({ match: { method: 'GET', path: 'ApexLog/07L\\w+/Body' }, times: 3, kind: 'html', status: 200 });
    await stage.org.control('PATCH', 'mail/settings', { deliverability: 'none' });
    await stage.reply();
    await expect.poll(stdout, slow).toContain('sendEmail failed');
    child.kill('SIGINT');
    expect((await end).exitCode).toBe(0);
  });

  test('takes the flag away when an error ends it', async () => {
    const stage = await logsStage();
    const { end } = await following(stage);
    const body = '[{"errorCode":"INSUFFICIENT_ACCESS","message":"not any more"}]';
    await stage.fault({ match: { method: 'GET', path: 'ApexLog' }, times: 1, kind: 'status', status: 403, body });
    const run = await end;
    expect(run.exitCode).toBe(4);
    expect(run.stderr).toContain('INSUFFICIENT_ACCESS: not any more');
    expect(run.stderr).toContain('The trace flag is removed.');
    expect(await stage.flags()).toEqual([]);
  });

  test('says so where the flag cannot be taken back', async () => {
    const stage = await logsStage();
    const { child, end } = await following(stage);
    await stage.fault({ match: { method: 'DELETE', path: 'TraceFlag' }, kind: 'drop' });
    child.kill('SIGINT');
    const run = await end;
    expect(run.stderr).toMatch(
      /Warning.*Not everything could be taken back; a trace flag expires by itself\. .*deleting the TraceFlag/,
    );
    expect(await stage.flags()).toHaveLength(1);
  });

  test('killed, leaves one flag that is soon over, which the next run uses', async () => {
    const stage = await logsStage();
    const killed = await following(stage);
    killed.child.kill('SIGKILL');
    await killed.end;
    const [left] = await stage.flags();
    expect(minutesLeft(left?.ExpirationDate)).toBeLessThanOrEqual(30);
    const { child, end } = await following(stage);
    await delay(200);
    child.kill('SIGINT');
    await end;
    expect(await stage.flags()).toEqual([left]);
  });
});
