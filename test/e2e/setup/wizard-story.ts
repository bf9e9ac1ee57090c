import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { temporaryFolder } from '../cli.ts';
import { servedOrg, type ServedOrg } from '../served-org.ts';
import { startInPty, type PtySession } from '../../pty/pty.ts';

const launcher = resolve(import.meta.dirname, '../../../bin/opencx-sf.js');

/** An org, a folder, and the wizard in a terminal of its own. */
export interface WizardStage {
  org: ServedOrg;
  cwd: string;
  wizard: (...args: string[]) => Promise<PtySession>;
  configuration: () => Promise<Record<string, unknown>>;
  /** Names of everything in the org that the set-up would make. */
  made: () => Promise<string[]>;
}

export async function wizardStage(columns = 80): Promise<WizardStage> {
  const org = await servedOrg();
  const cwd = await temporaryFolder();
  await writeFile(join(cwd, 'opencx-sf.config.json'), '{ "setup": { "mail": { "checkDns": false } } }');
  const env = { ...org.env, HOME: cwd, XDG_CONFIG_HOME: join(cwd, '.config') };
  return {
    org,
    cwd,
    wizard: (...args) =>
      startInPty([process.execPath, launcher, 'init', '--no-tests', ...args], { cwd, env, columns, rows: 40 }),
    configuration: async () =>
      JSON.parse(await readFile(join(cwd, 'opencx-sf.config.json'), 'utf8')) as Record<string, unknown>,
    made: async () => {
      const dump = (await org.control('GET', '/dump')) as { components: { type: string; fullName: string }[] };
      return dump.components.map(({ type, fullName }) => `${type} ${fullName}`);
    },
  };
}

/** One question: by which words it is known, and what a person answers. */
export interface Answering {
  question: string;
  answer: (session: PtySession) => void;
}

export const typed =
  (text: string) =>
  (session: PtySession): void => {
    session.type(`${text}\r`);
  };

/** The way through all questions, for Email Cases. */
export const emailWay: readonly Answering[] = [
  { question: 'Which channels shall OpenCX hand over', answer: typed('') },
  { question: 'Which mailbox do customers write to?', answer: typed('help@example.com') },
  { question: 'Where is that mailbox?', answer: typed('') },
  { question: 'Switch Email-to-Case on?', answer: typed('y') },
  { question: 'Who owns new Cases?', answer: typed('') },
  { question: 'What shall the queue be called?', answer: typed('First Line') },
  { question: 'Which address shall AI replies come from?', answer: typed('') },
  { question: 'Which user does OpenCX log in as?', answer: typed('opencx@example.com') },
  { question: 'What may that user do?', answer: typed('') },
  { question: 'Whose users shall see', answer: typed('') },
  { question: 'Which webhook URL does OpenCX show?', answer: typed('https://hooks.example.com/planted-secret') },
];

/** Answers questions until the given one is open. */
export async function answerUntil(session: PtySession, way: readonly Answering[], end: number): Promise<void> {
  for (const { question, answer } of way.slice(0, end)) {
    await session.waitFor(question, 30_000);
    answer(session);
  }
  const next = way[end];
  if (next !== undefined) await session.waitFor(next.question, 30_000);
}
