import { Attempt } from './attempt.ts';
import type { JavaRegex } from './java-regex.ts';
import { search } from './java-regex.ts';

/**
 * The parts of a text around matches, as Java's `split` gives them.
 * @param limit the most parts there may be, the last of which is the rest; 0 for all but empty ones at the end; below 0 for all
 */
export function splitText(regex: JavaRegex, text: string, limit: number): string[] {
  const attempt = new Attempt(text);
  const parts: string[] = [];
  let kept = 0;
  let from = 0;
  let found = false;
  const most = limit > 0 ? limit - 1 : Infinity;
  while (from <= text.length && parts.length < most && search(regex, attempt, from)) {
    const { 0: start = 0, 1: end = 0 } = attempt.groups;
    from = end === start ? end + 1 : end;
    attempt.previousEnd = end;
    // A match of nothing at the beginning makes no empty first part.
    if (end === 0) continue;
    parts.push(text.slice(kept, start));
    kept = end;
    found = true;
  }
  if (!found) return [text];
  parts.push(text.slice(kept));
  if (limit === 0) while (parts.at(-1) === '') parts.pop();
  return parts;
}
