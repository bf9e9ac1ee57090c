/** One thing that can be chosen. Its texts may come from an org; they are made harmless before they are shown. */
export interface Choice<V = unknown> {
  value: V;
  name: string;
  /** Shown below the list while this choice is under the cursor. */
  description?: string;
  /** Why it cannot be taken; it is listed all the same, so that nobody looks for it in vain. */
  disabled?: string;
}

type Awaitable<T> = T | Promise<T>;

interface QuestionBase<A extends object, K extends keyof A & string, V> {
  id: K;
  /** Not asked when false; its answer is then dropped. */
  when?(answers: Partial<A>): boolean;
  /** A whole question, with its question mark. */
  message: string | ((answers: Partial<A>) => string);
  /** One line that says why it is asked. */
  explain: string;
  /** Offered, not given: the person takes it with Enter. */
  default?(answers: Partial<A>): Awaitable<V | undefined>;
  /**
   * What is wrong with an answer, as the end of a sentence that begins with "This answer": "has no sender address".
   * @param signal aborted when the person leaves while the org is asked
   */
  problem?(value: V, answers: Partial<A>, signal: AbortSignal): Awaitable<string | undefined>;
}

/** A line of text, without the spaces around it. A `secret` is neither echoed nor summed up, and the redactor learns it. */
interface LineQuestion<A extends object, K extends keyof A & string> extends QuestionBase<A, K, string> {
  kind: 'text' | 'secret';
  /** Nothing is an answer too: the empty text. */
  optional?: boolean;
}

interface YesNoQuestion<A extends object, K extends keyof A & string> extends QuestionBase<A, K, boolean> {
  kind: 'yes-no';
}

interface ChoiceQuestion<A extends object, K extends keyof A & string, V> extends QuestionBase<A, K, V> {
  kind: 'choice';
  choices(answers: Partial<A>, signal: AbortSignal): Awaitable<readonly Choice<V>[]>;
}

interface SeveralQuestion<A extends object, K extends keyof A & string, V> extends QuestionBase<A, K, readonly V[]> {
  kind: 'several';
  choices(answers: Partial<A>, signal: AbortSignal): Awaitable<readonly Choice<V>[]>;
  /** None is an answer too: the empty list. */
  optional?: boolean;
}

/** What may ask for an answer of type V: text that is typed cannot promise to be one of a few literals. */
type QuestionOf<A extends object, K extends keyof A & string, V> = [V] extends [boolean]
  ? YesNoQuestion<A, K>
  : [V] extends [readonly (infer E)[]]
    ? SeveralQuestion<A, K, E>
    : string extends V
      ? LineQuestion<A, K> | ChoiceQuestion<A, K, V>
      : ChoiceQuestion<A, K, V>;

/** One question of an interview; A is the answers object, and the type of the answer decides what kinds may ask for it. */
export type Question<A extends object> = {
  [K in keyof A & string]: QuestionOf<A, K, Exclude<A[K], undefined>>;
}[keyof A & string];

/** Answers by question, as the engine holds them. */
export type Answers = Record<string, unknown>;

/** A question as the engine sees it: which value belongs to which is checked where the questions are written. */
export interface AnyQuestion {
  id: string;
  kind: 'text' | 'secret' | 'choice' | 'several' | 'yes-no';
  optional?: boolean;
  when?(answers: Answers): boolean;
  message: string | ((answers: Answers) => string);
  explain: string;
  choices?(answers: Answers, signal: AbortSignal): Awaitable<readonly Choice[]>;
  default?(answers: Answers): unknown;
  problem?(value: unknown, answers: Answers, signal: AbortSignal): Awaitable<string | undefined>;
}

/** The question's text; it may name what was answered before. */
export function messageOf(question: AnyQuestion, answers: Answers): string {
  return typeof question.message === 'string' ? question.message : question.message(answers);
}

/** Whether the question is asked at all, given what is answered. */
export function applies(question: AnyQuestion, answers: Answers): boolean {
  return question.when?.(answers) ?? true;
}
