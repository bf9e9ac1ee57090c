import { OpencxError } from '../../errors/opencx-error.ts';
import { applies, messageOf, type Answers, type AnyQuestion } from './question.ts';

/** Where an interview stands. */
export interface Course {
  readonly questions: readonly AnyQuestion[];
  answers: Answers;
  /** Answered before the interview and not to be asked again. */
  readonly settled: Set<string>;
  /** Answers that were dropped because their question does not apply; offered again should it apply once more. */
  readonly dropped: Map<string, unknown>;
}

/** Begins with the answers there are. `onlyMissing` leaves their questions out. */
export function startCourse(questions: readonly AnyQuestion[], answers: Answers, onlyMissing: boolean): Course {
  const given = { ...answers };
  const settled = questions.filter(({ id }) => onlyMissing && given[id] !== undefined).map(({ id }) => id);
  const course = { questions, answers: given, settled: new Set(settled), dropped: new Map<string, unknown>() };
  dropWhatDoesNotApply(course);
  return course;
}

/** Drops answers whose questions do not apply; in order, because one may hang on another that is dropped. */
export function dropWhatDoesNotApply(course: Course): void {
  for (const question of course.questions) {
    const { id } = question;
    if (course.answers[id] === undefined || applies(question, course.answers)) continue;
    course.dropped.set(id, course.answers[id]);
    course.settled.delete(id);
    // The caller's object is another one.
    delete course.answers[id];
  }
}

/** The former question that can be gone back to, or -1. */
export function formerOf(course: Course, index: number): number {
  return course.questions.findLastIndex((question, at) => at < index && isAsked(course, question));
}

/** "Question 3 of 9", counting only what is asked. */
export function progressOf(course: Course, question: AnyQuestion): string {
  const asked = course.questions.filter((one) => isAsked(course, one));
  return `Question ${asked.indexOf(question) + 1} of ${asked.length}`;
}

/** @throws OpencxError MISSING_INPUT naming the questions that need an answer and have none */
export function refuseUnanswered({ questions, answers }: Course): void {
  const missing = questions.filter(
    (question) => question.optional !== true && applies(question, answers) && answers[question.id] === undefined,
  );
  if (missing.length === 0) return;
  throw new OpencxError('MISSING_INPUT', {
    message: `Nobody can be asked here, and these answers are missing: ${missing.map(({ id }) => id).join(', ')}.`,
    details: { missing: missing.map(({ id }) => id) },
    nextSteps: missing.map((question) => `${question.id}: ${messageOf(question, answers)}`),
  });
}

function isAsked(course: Course, question: AnyQuestion): boolean {
  return applies(question, course.answers) && !course.settled.has(question.id);
}
