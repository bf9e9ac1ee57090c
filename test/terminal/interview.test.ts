import { expect, test } from 'vitest';

import { filtered, startAt } from '../../src/terminal/interview/choice-list.ts';
import { interview } from '../../src/terminal/interview/interview.ts';
import type { Question } from '../../src/terminal/interview/question.ts';
import { createTerminal } from '../../src/terminal/terminal.ts';

interface Answers {
  name: string;
  replies: boolean;
  sender?: string;
  note?: string;
  kind: 'case' | 'lead';
}

const questions: readonly Question<Answers>[] = [
  { id: 'name', kind: 'text', message: 'What is it called?', explain: '' },
  { id: 'replies', kind: 'yes-no', message: 'Are there replies?', explain: '' },
  {
    id: 'sender',
    kind: 'text',
    when: (answers) => answers.replies === true,
    message: (answers) => `Who sends the replies of ${answers.name ?? '?'}?`,
    explain: '',
  },
  { id: 'note', kind: 'text', optional: true, message: 'Anything else?', explain: '' },
  {
    id: 'kind',
    kind: 'choice',
    message: 'Case or lead?',
    explain: '',
    choices: () => [{ value: 'case', name: 'Case' }],
  },
];

/** Under --no-input nobody can be asked, whatever the streams are. */
const nobody = createTerminal(process, {}, { json: false, noColor: true, quiet: false, noInput: true });

async function hold(answers: Partial<Answers>): Promise<Answers> {
  return await interview(nobody, questions, answers, {
    onAnswer: () => Promise.resolve(),
    signal: new AbortController().signal,
  });
}

test('where nobody can be asked, all answers that are missing are named at once', async () => {
  await expect(hold({ name: 'Acme', replies: true })).rejects.toMatchObject({
    code: 'MISSING_INPUT',
    exitCode: 2,
    details: { missing: ['sender', 'kind'] },
    nextSteps: ['sender: Who sends the replies of Acme?', 'kind: Case or lead?'],
  });
});

test('a question that does not apply is not missed, and its answer is dropped', async () => {
  const given: Answers = { name: 'Acme', replies: false, sender: 'a@b', kind: 'case' };
  expect(await hold(given)).toEqual({ name: 'Acme', replies: false, kind: 'case' });
  expect(given.sender).toBe('a@b');
});

test('text cannot be asked for where only a few values are right', () => {
  // @ts-expect-error -- a typed line is not a 'case' | 'lead'
  const wrong: Question<Answers> = { id: 'kind', kind: 'text', message: 'Case or lead?', explain: '' };
  expect(wrong.id).toBe('kind');
});

const choices = [
  { value: 1, name: 'Support EMEA', disabled: 'it is empty' },
  { value: 2, name: 'Support APAC', description: 'Tokyo and Sydney' },
  { value: 3, name: 'Sales' },
];

test.each([
  ['', [1, 2, 3]],
  ['SUPPORT', [1, 2]],
  ['apac supp', [2]],
  ['supportemea', [1]],
  ['tokyo', [2]],
  ['nothing', []],
])('the filter %j keeps %j', (filter, values) => {
  expect(filtered(choices, filter).map((choice) => choice.value)).toEqual(values);
});

test('the cursor begins on what is wanted, else on the first that can be taken', () => {
  expect(startAt(choices, 3)).toBe(2);
  expect(startAt(choices, 'gone')).toBe(1);
  expect(startAt([], undefined)).toBe(0);
});
