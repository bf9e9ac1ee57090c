import { OpencxError } from '../../errors/opencx-error.ts';
import type { Terminal } from '../terminal.ts';
import { askQuestion, choicesOf, problemOf, sentence, type Room } from './ask-question.ts';
import { startBoard } from './board.ts';
import { dropWhatDoesNotApply, formerOf, progressOf, refuseUnanswered, startCourse, type Course } from './course.ts';
import { openKeys } from './keys.ts';
import { applies, messageOf, type Answers, type AnyQuestion, type Question } from './question.ts';

export interface InterviewOptions<A extends object> {
  /** Awaited after each answer, so that a draft can be kept; it must not write on the screen. */
  onAnswer(answers: Partial<A>): Promise<void>;
  /** Answers that are there already are not asked for again, unless their question finds them wrong. */
  onlyMissing?: boolean;
  /** Leaves the interview like Ctrl-C. */
  signal: AbortSignal;
}

/**
 * Asks question after question on stderr. Each answer is checked at once; Esc (or Shift-Tab) goes back to the former question,
 * Ctrl-C leaves.
 * @param answers what is answered already, by flags or a draft; offered with Enter. Not changed
 * @returns the answers to all the questions that apply
 * @throws OpencxError INTERRUPTED with `details.question`, the question that was open; the terminal is as it was before
 * @throws OpencxError MISSING_INPUT if nobody can be asked and a question that needs an answer has none
 * @throws whatever a question or `onAnswer` throws; the terminal is as it was before
 */
export async function interview<A extends object>(
  terminal: Terminal,
  questions: readonly Question<A>[],
  answers: Partial<A>,
  options: InterviewOptions<A>,
): Promise<A> {
  // Which value belongs to which question was checked where the questions were written.
  const known = questions as unknown as readonly AnyQuestion[];
  const course = startCourse(known, answers, options.onlyMissing === true);
  if (!terminal.mayPrompt) {
    refuseUnanswered(course);
    return course.answers as A;
  }
  const keys = openKeys(terminal.streams.stdin, options.signal);
  const room: Room = { terminal, keys, board: startBoard(terminal, keys.left) };
  let open = known[0];
  try {
    await askAll(room, course, {
      onOpen: (question) => (open = question),
      onAnswer: async () => {
        await options.onAnswer({ ...course.answers } as Partial<A>);
      },
    });
  } catch (error) {
    if (!keys.left.aborted || open === undefined) throw error;
    throw leftAt(open, course.answers, error);
  } finally {
    keys.close();
  }
  return course.answers as A;
}

interface Listener {
  onOpen(question: AnyQuestion): void;
  onAnswer(): Promise<void>;
}

async function askAll(room: Room, course: Course, listener: Listener): Promise<void> {
  const drafts = new Map<string, unknown>();
  let index = 0;
  for (let question = course.questions[0]; question !== undefined; question = course.questions[index]) {
    const { id } = question;
    if (!applies(question, course.answers)) {
      index += 1;
      continue;
    }
    listener.onOpen(question);
    room.keys.left.throwIfAborted();
    let problem: string | undefined;
    if (course.settled.has(id)) {
      problem = await wrongNow(room, question, course.answers);
      if (problem === undefined) {
        index += 1;
        continue;
      }
      course.settled.delete(id);
    }
    const former = formerOf(course, index);
    const end = await askQuestion(room, question, {
      progress: progressOf(course, question),
      canGoBack: former !== -1,
      answers: course.answers,
      draft: drafts.get(id) ?? (problem === undefined ? undefined : course.answers[id]),
      former: course.answers[id] ?? course.dropped.get(id),
      problem,
    });
    if (end.back) {
      drafts.set(id, end.draft);
      if (former === -1) continue;
      index = former;
      room.board.takeBack(course.questions[index]?.id);
    } else {
      drafts.delete(id);
      course.answers[id] = end.value;
      dropWhatDoesNotApply(course);
      await listener.onAnswer();
      index += 1;
    }
  }
  room.keys.left.throwIfAborted();
}

/** What is wrong with an answer that was given before the interview: the org may have changed since. */
async function wrongNow(room: Room, question: AnyQuestion, answers: Answers): Promise<string | undefined> {
  const value = answers[question.id];
  if (question.kind === 'secret') room.terminal.redactor.addSecret(String(value));
  if (question.choices !== undefined) {
    const choices = await choicesOf(room, question, answers);
    const values = Array.isArray(value) ? (value as unknown[]) : [value];
    const taken = values.every((one) =>
      choices.some((choice) => choice.value === one && choice.disabled === undefined),
    );
    if (!taken) return sentence('cannot be chosen any more');
  }
  const work = problemOf(question, value, answers, room.keys.left);
  const problem = await room.board.during(work, messageOf(question, answers));
  return problem === undefined ? undefined : sentence(problem);
}

function leftAt(question: AnyQuestion, answers: Answers, cause: unknown): OpencxError {
  return new OpencxError('INTERRUPTED', {
    message: `Left at the question "${messageOf(question, answers)}".`,
    details: { question: question.id },
    cause,
  });
}
