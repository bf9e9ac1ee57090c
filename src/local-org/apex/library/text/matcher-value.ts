import { platformType } from '../../platform/platform.ts';
import { ApexValue } from '../../values/value.ts';
import type { PatternValue } from './pattern-value.ts';
import { Attempt } from './regex/attempt.ts';
import { matchFrom, search } from './regex/java-regex.ts';

/** A `System.Matcher`: a pattern, a text, and the match that was found last. */
export class MatcherValue extends ApexValue {
  readonly type = platformType('System.Matcher');
  pattern: PatternValue;
  attempt: Attempt;
  /** Whether there is a match that can be asked about. */
  matched = false;

  constructor(pattern: PatternValue, text: string) {
    super();
    this.pattern = pattern;
    this.attempt = new Attempt(text);
  }

  /** From the region's start: the whole region, or its beginning. */
  match(whole: boolean): boolean {
    return this.#found(matchFrom(this.pattern.regex, this.attempt, this.attempt.from, whole));
  }

  /** The next match after the last one. */
  find(): boolean {
    const { from, to, groups, previousEnd } = this.attempt;
    const wasEmpty = this.matched && groups[0] === previousEnd;
    const next = Math.max(from, previousEnd < 0 ? 0 : previousEnd + (wasEmpty ? 1 : 0));
    if (next <= to) return this.findFrom(next);
    this.matched = false;
    return false;
  }

  findFrom(at: number): boolean {
    return this.#found(search(this.pattern.regex, this.attempt, at));
  }

  /** Forgets the match and the region; the bounds stay as they were set. */
  reset(text = this.attempt.text): void {
    const fresh = new Attempt(text);
    fresh.anchoringBounds = this.attempt.anchoringBounds;
    fresh.transparentBounds = this.attempt.transparentBounds;
    this.attempt = fresh;
    this.matched = false;
  }

  #found(matched: boolean): boolean {
    this.matched = matched;
    if (matched) this.attempt.previousEnd = this.attempt.end;
    return matched;
  }
}
