import type { Terminal } from '../terminal.ts';
import type { Board } from './board.ts';
import { frame, oneLine, shown, type Frame } from './frame.ts';
import type { Keys } from './keys.ts';
import type { PromptEnd } from './prompt-end.ts';
import { messageOf, type Answers, type AnyQuestion, type Choice } from './question.ts';

/** What the questions of one interview share. */
export interface Room {
  terminal: Terminal;
  keys: Keys;
  board: Board;
}

/** Where in the interview a question stands. */
export interface Place {
  /** "Question 3 of 9". */
  progress: string;
  canGoBack: boolean;
  answers: Answers;
  /** What was typed or chosen when the question was left for a former one. */
  draft: unknown;
  /** What was answered before: now, in a resumed draft, or before the question did not apply for a while. */
  former: unknown;
  /** What is wrong with that answer, if it is asked again for this. */
  problem: string | undefined;
}

const yesAndNo: readonly Choice[] = [
  { value: true, name: 'Yes' },
  { value: false, name: 'No' },
];

/** Asks one question until the answer is right or the person goes back, and adds its line to the board. */
export async function askQuestion(room: Room, question: AnyQuestion, place: Place): Promise<PromptEnd<unknown>> {
  const { terminal, keys, board } = room;
  const message = messageOf(question, place.answers);
  const choices = await choicesOf(room, question, place.answers);
  const offered = place.former ?? (await board.during(question.default?.(place.answers), message));
  let draft = place.draft;
  let problem = place.problem;
  const around = frame(terminal, {
    progress: place.progress,
    explain: question.explain,
    message,
    canGoBack: place.canGoBack,
  });
  for (;;) {
    const end = await open(room, question, { around, choices, offered, draft, problem });
    if (end.back) return end;
    const { value } = end;
    if (question.kind === 'secret') terminal.redactor.addSecret(String(value));
    const answer = answerText(question, value, choices);
    const wrong = await board.during(problemOf(question, value, place.answers, keys.left), `${message} ${answer}`);
    if (wrong === undefined) {
      board.answered(question.id, message, answer);
      return end;
    }
    // What was typed ahead was meant for the next question.
    keys.discard();
    draft = value;
    problem = sentence(wrong);
  }
}

/** The choices of a question, read while the person sees what is waited for. */
export async function choicesOf(room: Room, question: AnyQuestion, answers: Answers): Promise<readonly Choice[]> {
  if (question.kind === 'yes-no') return yesAndNo;
  return await room.board.during(
    question.choices?.(answers, room.keys.left) ?? [],
    'Reading what there is to choose from',
  );
}

/** What is wrong with an answer, as the question itself sees it. */
export function problemOf(
  question: AnyQuestion,
  value: unknown,
  answers: Answers,
  left: AbortSignal,
): string | undefined | Promise<string | undefined> {
  if (value === '' && question.optional === true) return undefined;
  return question.problem?.(value, answers, left);
}

/** The end of a sentence, as a sentence. */
export function sentence(problem: string): string {
  return `This answer ${problem}${/[.!?]$/.test(problem) ? '' : '.'}`;
}

interface Opening {
  around: Frame;
  choices: readonly Choice[];
  offered: unknown;
  draft: unknown;
  problem: string | undefined;
}

async function open(room: Room, question: AnyQuestion, opening: Opening): Promise<PromptEnd<unknown>> {
  const { terminal, keys } = room;
  const context = {
    input: keys.input,
    output: terminal.streams.stderr,
    signal: keys.left,
    clearPromptOnDone: true,
  };
  const shared = {
    frame: opening.around,
    colour: terminal.errColour,
    optional: question.optional === true,
    problem: opening.problem,
    onEnd: keys.hold,
  };
  const { linePrompt } = await import('./line-prompt.ts');
  const { listPrompt } = await import('./list-prompt.ts');
  keys.left.throwIfAborted();
  const asked =
    question.kind === 'text' || question.kind === 'secret'
      ? linePrompt({ ...shared, ...lineOf(terminal, question.kind === 'secret', opening) }, context)
      : listPrompt({ ...shared, ...listOf(terminal, question, opening) }, context);
  keys.flow();
  try {
    return await asked;
  } finally {
    keys.hold();
  }
}

function lineOf(terminal: Terminal, secret: boolean, { draft, offered }: Opening) {
  // The values themselves are only made harmless: the redactor's marks must not become an answer.
  return {
    secret,
    typed: lineText(draft),
    offered: lineText(offered),
    offeredText: secret ? 'the one given before.' : shown(terminal, lineText(offered)),
  };
}

function lineText(value: unknown): string {
  return typeof value === 'string' ? oneLine(value) : '';
}

function listOf(terminal: Terminal, question: AnyQuestion, { choices, offered, draft }: Opening) {
  const several = question.kind === 'several';
  const clean = choices.map((choice) => ({
    ...choice,
    name: shown(terminal, choice.name),
    ...(choice.description === undefined ? {} : { description: shown(terminal, choice.description) }),
    ...(choice.disabled === undefined ? {} : { disabled: shown(terminal, choice.disabled) }),
  }));
  const chosen = draft ?? offered ?? (question.kind === 'yes-no' ? false : undefined);
  return {
    choices: clean,
    several,
    chosen: (Array.isArray(chosen) ? chosen : [chosen]).filter((one) => choices.some(({ value }) => value === one)),
    shortcuts: question.kind === 'yes-no' ? { y: true, n: false } : {},
  };
}

function answerText(question: AnyQuestion, value: unknown, choices: readonly Choice[]): string {
  if (question.kind === 'secret') return value === '' ? 'nothing' : 'given, not shown';
  if (question.kind === 'text') return value === '' ? 'nothing' : String(value);
  const values = Array.isArray(value) ? (value as unknown[]) : [value];
  const names = choices.filter((choice) => values.includes(choice.value)).map((choice) => choice.name);
  return names.length === 0 ? 'none' : names.join(', ');
}
