import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { localRep } from '../../../src/commands/verify/messaging/local-rep.ts';
import { cli, temporaryFolder } from '../cli.ts';
import { openDesk, type Desk } from './messaging-desk.ts';

const command = ['messaging', 'handoff', '--transcript', 'session.json', '--no-wait'] as const;

/** A session that waits, as nobody is online. @returns its id */
async function waitingSession({ served, env }: Desk, cwd: string): Promise<string> {
  await served.control('POST', '/messaging/agents', { username: 'rep@example.com', online: false });
  await writeFile(join(cwd, 'session.json'), '[{"role":"contact","text":"Hello"}]');
  const run = await cli([...command], { cwd, env });
  expect(run.exitCode, run.stderr).toBe(0);
  const { conversations } = (await served.control('GET', '/messaging/conversations')) as {
    conversations: { sessionId: string }[];
  };
  return conversations[0]?.sessionId ?? '';
}

interface Stage {
  desk: Desk;
  /** Ctrl-C. */
  stop: () => void;
  /** What a command does when it ends. */
  end: () => Promise<void>;
}

/** A run that has taken the session by a rep of its own. */
async function runWithRep(): Promise<Stage> {
  const cwd = await temporaryFolder();
  const desk = await openDesk(cwd);
  const sessionId = await waitingSession(desk, cwd);
  const { organizationId: id, url: instanceUrl } = desk.served.running;
  const identity = { id, name: 'Local Org', kind: 'developer', edition: 'Developer Edition', instanceUrl } as const;
  const interrupt = new AbortController();
  const undos: (() => Promise<void>)[] = [];
  const rep = await localRep({ signal: interrupt.signal, onEnd: (undo) => undos.push(undo) }, { identity });
  await rep?.accept(sessionId);
  return {
    desk,
    stop: () => interrupt.abort(),
    end: async () => {
      for (const undo of undos) await undo();
    },
  };
}

test.each([
  ['stopped', true],
  ['done', false],
])('a rep who was made for a run goes home when it is %s', async (_, stops) => {
  const { desk, stop, end } = await runWithRep();
  const online = async () => {
    const { agents } = (await desk.served.control('GET', '/messaging/agents')) as { agents: { online: boolean }[] };
    return agents.filter((agent) => agent.online).length;
  };
  expect(await online()).toBe(1);
  if (stops) stop();
  await end();
  expect(await online()).toBe(0);
});

test('a rep who was made for a run holds up nobody where the org has gone meanwhile', async () => {
  const { desk, end } = await runWithRep();
  await desk.served.running.close();
  await end();
});
