import type { Attempt } from './attempt.ts';
import { compileRepeat } from './compile-repeat.ts';
import type { LookNode, RegexNode } from './regex-node.ts';
import type { CompileContext, Step } from './step.ts';
import { accept } from './step.ts';
import { widthOf } from './width.ts';

/** A part and everything after it as one step; the step's answer is whether the whole of it matches from a place. */
export function compile(node: RegexNode, next: Step, context: CompileContext): Step {
  switch (node.kind) {
    case 'char':
      return charStep(node.test, next);
    case 'place':
      return (attempt, at) => node.test(attempt, at) && next(attempt, at);
    case 'sequence':
      return node.parts.reduceRight((after, part) => compile(part, after, context), next);
    case 'choice': {
      const branches = node.branches.map((branch) => compile(branch, next, context));
      // A plain loop: `some` would take twice as much of the stack, on which the way back is kept.
      return (attempt, at) => {
        for (const branch of branches) if (branch(attempt, at)) return true;
        return false;
      };
    }
    case 'capture':
      return captureStep(node.group, node.body, next, context);
    case 'atomic': {
      const body = compile(node.body, accept, context);
      return (attempt, at) => body(attempt, at) && next(attempt, attempt.end);
    }
    case 'look':
      return node.direction === 'ahead' ? lookAhead(node, next, context) : lookBehind(node, next, context);
    case 'reference':
      return referenceStep(node.group, node.equal, next);
    case 'repeat':
      return compileRepeat(node, next, context, compile);
  }
}

function charStep(test: (char: number) => boolean, next: Step): Step {
  return (attempt, at) => {
    if (at < attempt.to) {
      const char = attempt.codePointAt(at);
      const after = at + (char > 0xff_ff ? 2 : 1);
      if (after <= attempt.to) return test(char) && next(attempt, after);
    }
    attempt.hitEnd = true;
    return false;
  };
}

/** What a capture held before comes back when the rest does not match. */
function captureStep(group: number, body: RegexNode, next: Step, context: CompileContext): Step {
  const start = group * 2;
  const close: Step = (attempt, at) => {
    const { [start]: formerStart = -1, [start + 1]: formerEnd = -1 } = attempt.groups;
    setGroup(attempt, start, attempt.opened[group] ?? -1, at);
    if (next(attempt, at)) return true;
    setGroup(attempt, start, formerStart, formerEnd);
    return false;
  };
  const inner = compile(body, close, context);
  return (attempt, at) => {
    const former = attempt.opened[group] ?? -1;
    attempt.opened[group] = at;
    const matched = inner(attempt, at);
    attempt.opened[group] = former;
    return matched;
  };
}

/** Asks for the groups anew each time: loops put others in their place. */
function setGroup(attempt: Attempt, index: number, start: number, end: number): void {
  attempt.groups[index] = start;
  attempt.groups[index + 1] = end;
}

function lookAhead({ body, negative }: LookNode, next: Step, context: CompileContext): Step {
  const inner = compile(body, accept, context);
  return (attempt, at) => {
    const { to } = attempt;
    if (attempt.transparentBounds) attempt.to = attempt.text.length;
    // What does not follow now may follow when there is more.
    if (negative && at >= attempt.to) attempt.requireEnd = true;
    const found = inner(attempt, at);
    attempt.to = to;
    return found !== negative && next(attempt, at);
  };
}

function lookBehind({ body, negative }: LookNode, next: Step, context: CompileContext): Step {
  const width = widthOf(body);
  const inner = compile(body, (attempt, at) => at === attempt.behindEnd, context);
  const isBefore = (attempt: Attempt, at: number): boolean => {
    const first = Math.max(at - width.max, attempt.transparentBounds ? 0 : attempt.from);
    for (let start = at - width.min; start >= first; start -= 1) if (inner(attempt, start)) return true;
    return false;
  };
  return (attempt, at) => {
    const { behindEnd, from } = attempt;
    attempt.behindEnd = at;
    // Java's `^` within a look-behind that may see everything is the start of the input.
    if (attempt.transparentBounds) attempt.from = 0;
    const found = isBefore(attempt, at);
    attempt.behindEnd = behindEnd;
    attempt.from = from;
    return found !== negative && next(attempt, at);
  };
}

/** What a group has matched, once more; nothing where the group has not taken part. */
function referenceStep(group: number, equal: (one: number, other: number) => boolean, next: Step): Step {
  return (attempt, at) => {
    const { [group * 2]: start = -1, [group * 2 + 1]: end = -1 } = attempt.groups;
    if (start < 0) return false;
    let place = at;
    for (let index = start; index < end; index += 1, place += 1) {
      if (place >= attempt.to) {
        attempt.hitEnd = true;
        return false;
      }
      if (!equal(attempt.text.charCodeAt(index), attempt.unitAt(place))) return false;
    }
    return next(attempt, place);
  };
}
