// A whole world on one machine, played step by step: a Salesforce org that really runs the Apex, serve, and OpenCX's side of it.
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';

import { openOpenCx } from './actors.ts';
import { chatStory } from './chat-story.ts';
import { mailStory } from './mail-story.ts';
import { command, configure, startServe } from './world.ts';

const begin = performance.now();

function say(who: string, what: string): void {
  const seconds = ((performance.now() - begin) / 1000).toFixed(1).padStart(5);
  console.log(`${seconds} s  ${who.padEnd(11)} ${what}`);
}

/** Undone in reverse order, however it ends. */
const undo: (() => Promise<void> | void)[] = [];

async function end(code: number): Promise<never> {
  for (const step of undo.splice(0).toReversed()) await step();
  // oxlint-disable-next-line unicorn/no-process-exit -- a script, not the product: what it started is ended by now
  return process.exit(code);
}

process.once('SIGINT', () => void end(130));
process.once('SIGTERM', () => void end(143));

try {
  const cwd = await mkdtemp(join(tmpdir(), 'opencx-sf-demo-'));
  undo.push(() => rm(cwd, { recursive: true, force: true }));
  await configure(cwd);
  await command(cwd, 'init', '--target-org', 'local', '--yes', '--no-tests');
  say('opencx-sf', 'init: an org of its own is set up: Apex, Named Credential, Email-to-Case');
  await command(cwd, 'messaging', 'keys', 'generate');
  await command(cwd, 'messaging', 'register', '--target-org', 'local', '--create-deployment', '--yes');
  say('opencx-sf', 'messaging register: Live Messaging with a key of its own');
  const opencx = await openOpenCx();
  undo.push(() => opencx.close());
  const world = await startServe(cwd, opencx.callbackUrl);
  undo.push(() => world.close());
  say('opencx-sf', 'serve: the Named Credential points at it\n');
  await mailStory(world, opencx, say);
  console.log('');
  await chatStory(world, opencx, say);
  console.log('\nThe full circle, both ways, on this machine alone.');
  if (process.stdin.isTTY && process.stdout.isTTY) {
    console.log(`Look at all of it: ${world.inspectorUrl}`);
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    console.log('Enter ends it, and takes everything away again.');
    for (const ending of ['line', 'SIGINT'] as const) terminal.once(ending, () => terminal.close());
    await once(terminal, 'close');
  }
  await end(0);
} catch (error) {
  console.error(`\nIt went wrong: ${error instanceof Error ? error.message : String(error)}`);
  await end(1);
}
