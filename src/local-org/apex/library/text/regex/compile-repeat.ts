import type { Attempt } from './attempt.ts';
import type { RegexNode, RepeatNode } from './regex-node.ts';
import type { CompileContext, Step } from './step.ts';
import { accept } from './step.ts';

type Compile = (node: RegexNode, next: Step, context: CompileContext) => Step;

/** A repeated part. What can match in one way only is walked through in a loop; the rest needs the stack to go back. */
export function compileRepeat(node: RepeatNode, next: Step, context: CompileContext, compile: Compile): Step {
  if (isDefinite(node.body)) return definiteRepeat(node, next, compile(node.body, accept, context));
  if (node.mode !== 'possessive') return openRepeat(node, next, context, compile);
  const body = openRepeat({ ...node, mode: 'greedy' }, accept, context, compile);
  return (attempt, at) => body(attempt, at) && next(attempt, attempt.end);
}

/** Whether a part matches from a place in one way at most. */
function isDefinite(node: RegexNode): boolean {
  switch (node.kind) {
    case 'char':
    case 'place':
    case 'look':
    case 'atomic':
    case 'reference':
      return true;
    case 'sequence':
      return node.parts.every(isDefinite);
    case 'capture':
      return isDefinite(node.body);
    case 'repeat':
      return node.mode === 'possessive' || (node.min === node.max && isDefinite(node.body));
    case 'choice':
      return false;
  }
}

function hasCaptures(node: RegexNode): boolean {
  switch (node.kind) {
    case 'capture':
      return true;
    case 'sequence':
      return node.parts.some(hasCaptures);
    case 'choice':
      return node.branches.some(hasCaptures);
    case 'atomic':
    case 'look':
    case 'repeat':
      return hasCaptures(node.body);
    case 'char':
    case 'place':
    case 'reference':
      return false;
  }
}

/** The rounds a definite repeat has made: where each ended and what its captures were, to go back to. */
class Rounds {
  readonly #attempt: Attempt;
  readonly #ends: number[];
  readonly #captures: number[][] | undefined;

  constructor(attempt: Attempt, at: number, capturing: boolean) {
    this.#attempt = attempt;
    this.#ends = [at];
    this.#captures = capturing ? [attempt.groups.slice()] : undefined;
  }

  get count(): number {
    return this.#ends.length - 1;
  }

  get end(): number {
    return this.#ends.at(-1) ?? 0;
  }

  push(end: number): void {
    this.#ends.push(end);
    this.#captures?.push(this.#attempt.groups.slice());
  }

  pop(): void {
    this.#ends.pop();
    this.#captures?.pop();
    this.#restore(-1);
  }

  undo(): false {
    this.#restore(0);
    return false;
  }

  #restore(index: number): void {
    const captures = this.#captures?.at(index);
    if (captures !== undefined) this.#attempt.groups = captures.slice();
  }
}

function definiteRepeat(node: RepeatNode, next: Step, body: Step): Step {
  const { min, max, mode } = node;
  const capturing = hasCaptures(node.body);
  return (attempt, at) => {
    const rounds = new Rounds(attempt, at, capturing);
    const more = (): boolean => {
      if (rounds.count >= max || !body(attempt, rounds.end) || attempt.end === rounds.end) return false;
      rounds.push(attempt.end);
      return true;
    };
    const leave = (): boolean => next(attempt, rounds.end);
    while (rounds.count < min) {
      if (!body(attempt, rounds.end)) return rounds.undo();
      // A round that takes nothing can be made any number of times.
      if (attempt.end === rounds.end) break;
      rounds.push(attempt.end);
    }
    if (mode === 'lazy') {
      while (!leave()) if (!more()) return rounds.undo();
      return true;
    }
    const least = rounds.count;
    while (more());
    if (mode === 'possessive') return leave() || rounds.undo();
    while (!leave()) {
      if (rounds.count === least) return rounds.undo();
      rounds.pop();
    }
    return true;
  };
}

function openRepeat(node: RepeatNode, next: Step, context: CompileContext, compile: Compile): Step {
  const { min, max, mode } = node;
  const loop = context.loops;
  context.loops += 1;
  // One function a round, for the stack's sake: it is what limits how many rounds there can be.
  const round: Step = (attempt, at) => {
    const rounds = attempt.rounds[loop] ?? 0;
    const start = attempt.roundStarts[loop] ?? -1;
    // A round that took nothing is the last.
    if (rounds > 0 && at === start) return next(attempt, at);
    if (mode === 'lazy' && rounds >= min && next(attempt, at)) return true;
    if (rounds < max) {
      attempt.rounds[loop] = rounds + 1;
      attempt.roundStarts[loop] = at;
      if (body(attempt, at)) return true;
      attempt.rounds[loop] = rounds;
      attempt.roundStarts[loop] = start;
    }
    return mode !== 'lazy' && rounds >= min && next(attempt, at);
  };
  const body = compile(node.body, round, context);
  return (attempt, at) => {
    const { [loop]: rounds = 0 } = attempt.rounds;
    const { [loop]: start = -1 } = attempt.roundStarts;
    attempt.rounds[loop] = 0;
    attempt.roundStarts[loop] = -1;
    if (round(attempt, at)) return true;
    attempt.rounds[loop] = rounds;
    attempt.roundStarts[loop] = start;
    return false;
  };
}
