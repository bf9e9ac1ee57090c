import { setTimeout as sleep } from 'node:timers/promises';

import { OpencxError } from '../../src/errors/opencx-error.ts';
import { interview, type InterviewOptions } from '../../src/terminal/interview/interview.ts';
import type { Question } from '../../src/terminal/interview/question.ts';
import { watchInterrupts } from '../../src/terminal/interrupts.ts';
import { presentError } from '../../src/terminal/present-error.ts';
import { createTerminal } from '../../src/terminal/terminal.ts';

// A program that holds an interview with all kinds of questions, and prints the answers.
// Its argument: {"answers": {…}, "onlyMissing": true}

export interface FixtureAnswers {
  name: string;
  replies: boolean;
  sender?: string;
  queue: string;
  fields: readonly string[];
  token: string;
}

const queues = Array.from({ length: 200 }, (_, index) => ({
  value: `q${index + 1}`,
  name: `Queue ${String(index + 1).padStart(3, '0')} ${index % 2 === 0 ? 'Europe' : 'Asia'}`,
  description: `Takes the cases of team number ${index + 1}, which answers them during its own office hours.`,
  ...(index === 4 ? { disabled: 'it does not take cases' } : {}),
}));

const questions: readonly Question<FixtureAnswers>[] = [
  {
    id: 'name',
    kind: 'text',
    message: 'What is the integration called?',
    explain: 'The name is shown to agents on every case that OpenCX opens for a customer.',
    default: () => 'OpenCX',
    problem: async (value, _answers, signal) => {
      await sleep(value === 'slow' ? 600_000 : 50, undefined, { signal });
      return value.startsWith('x') ? 'begins with an x, which names of Salesforce itself do' : undefined;
    },
  },
  {
    id: 'replies',
    kind: 'yes-no',
    message: 'Do agents answer customers by mail?',
    explain: 'If they do, an address that sends the mails is needed.',
  },
  {
    id: 'sender',
    kind: 'text',
    when: (answers) => answers.replies === true,
    message: (answers) => `Which address sends the mails of ${answers.name ?? ''}?`,
    explain: 'The organisation must own the address.',
    problem: (value) => (value.includes('@') ? undefined : 'is not a mail address'),
  },
  {
    id: 'queue',
    kind: 'choice',
    message: 'Which queue takes the new cases?',
    explain: 'Cases that nobody takes from there stay unanswered, so choose a queue that somebody watches.',
    choices: async () => {
      await sleep(50);
      return queues;
    },
  },
  {
    id: 'fields',
    kind: 'several',
    message: 'Which fields go on the page layout?',
    explain: 'Agents see them at the top of a case.',
    choices: () => [
      { value: 'session', name: 'OpenCX session' },
      { value: 'link', name: 'Link to the conversation', description: 'Opens the conversation in OpenCX.' },
      { value: 'mood', name: 'Mood\u001B[31m of the customer', disabled: 'needs Einstein' },
    ],
  },
  {
    id: 'token',
    kind: 'secret',
    message: 'What is the API token of OpenCX?',
    explain: 'It goes into a named credential of the org and nowhere else.',
    problem: (value) => (value.startsWith('sk-') ? undefined : `does not begin with "sk-": ${value}`),
  },
];

const given = JSON.parse(process.argv[2] ?? '{}') as {
  answers?: Partial<FixtureAnswers>;
  onlyMissing?: boolean;
};
const terminal = createTerminal(process, process.env, { json: false, noColor: false, quiet: false, noInput: false });
const interrupts = watchInterrupts();
let kept = 0;
const options: InterviewOptions<FixtureAnswers> = {
  onAnswer: async () => {
    await sleep(5);
    kept += 1;
  },
  onlyMissing: given.onlyMissing === true,
  signal: interrupts.signal,
};
try {
  const answers = await interview(terminal, questions, given.answers ?? {}, options);
  process.stdout.write(JSON.stringify({ answers, kept }));
} catch (error) {
  presentError(terminal, error, false);
  if (error instanceof OpencxError) terminal.note(`the open question was ${String(error.details?.['question'])}`);
  process.exitCode = (error as { exitCode?: number }).exitCode ?? 1;
} finally {
  interrupts.stop();
}
