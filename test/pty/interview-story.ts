import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

import { expect } from 'vitest';

import type { FixtureAnswers } from './interview-fixture.ts';
import { startInPty, type PtyOptions, type PtySession } from './pty.ts';

const fixture = fileURLToPath(new URL('./interview-fixture.ts', import.meta.url));
export const token = 'sk-very-secret-1';

export interface Story extends Partial<PtyOptions> {
  answers?: Partial<FixtureAnswers>;
  onlyMissing?: boolean;
}

/** Starts the program that holds an interview. */
export async function start({ answers, onlyMissing, ...options }: Story = {}): Promise<PtySession> {
  const command = [process.execPath, fixture, JSON.stringify({ answers, onlyMissing })];
  return await startInPty(command, { cwd: tmpdir(), stdoutApart: true, ...options });
}

/** What a person does at each question, as one who answers yes to replies. */
export const answering: readonly ((session: PtySession) => void)[] = [
  (session) => {
    session.type('Acme\r');
  },
  (session) => {
    session.type('y\r');
  },
  (session) => {
    session.type('help@acme.example\r');
  },
  (session) => {
    session.type('003\r');
  },
  (session) => {
    session.type(' \r');
  },
  (session) => {
    session.type(`${token}\r`);
  },
];

/** Answers all questions before this one, and waits for it. */
export async function answerUntil(session: PtySession, question: number): Promise<void> {
  for (const [index, answer] of answering.slice(0, question - 1).entries()) {
    await session.waitFor(`Question ${index + 1} of`);
    answer(session);
  }
  await session.waitFor(`Question ${question} of`);
}

/** What {@link answering} answers. */
export const everything = {
  name: 'Acme',
  replies: true,
  sender: 'help@acme.example',
  queue: 'q3',
  fields: ['session'],
  token,
};

/** The answers the program printed at its end. */
export async function answersOf(session: PtySession): Promise<{ answers: Partial<FixtureAnswers>; kept: number }> {
  const end = await session.ended();
  expect(end).toMatchObject({ exitCode: 0, sane: true });
  return JSON.parse(end.stdout) as { answers: Partial<FixtureAnswers>; kept: number };
}
