import { apexError } from '../../../values/exception.ts';
import type { Attempt } from './attempt.ts';
import type { JavaRegex } from './java-regex.ts';
import { search } from './java-regex.ts';

/**
 * Every match, or the first, replaced. In the replacement `$1` and `${name}` stand for groups, a backslash for the
 * character after it.
 * @throws ApexThrown System.StringException for a replacement that is none
 */
export function replaceMatches(
  regex: JavaRegex,
  attempt: Attempt,
  replacement: string,
  matches: 'all' | 'first',
): string {
  let result = '';
  let kept = 0;
  let from = 0;
  while (from <= attempt.text.length && search(regex, attempt, from)) {
    const { 0: start = 0, 1: end = 0 } = attempt.groups;
    result += attempt.text.slice(kept, start) + filled(regex, attempt, replacement);
    kept = end;
    from = end === start ? end + 1 : end;
    attempt.previousEnd = end;
    if (matches === 'first') break;
  }
  return result + attempt.text.slice(kept);
}

function filled(regex: JavaRegex, attempt: Attempt, replacement: string): string {
  let result = '';
  for (let at = 0; at < replacement.length; at += 1) {
    const char = replacement.charAt(at);
    if (char === '\\') {
      at += 1;
      if (at === replacement.length) throw illegal('character to be escaped is missing');
      result += replacement.charAt(at);
    } else if (char === '$') {
      const reference = referenceAt(regex, replacement, at + 1);
      result += groupText(attempt, reference.group) ?? '';
      at += reference.length;
    } else result += char;
  }
  return result;
}

function referenceAt(regex: JavaRegex, replacement: string, at: number): { group: number; length: number } {
  if (at === replacement.length) throw illegal('Illegal group reference: group index is missing');
  if (replacement.charAt(at) === '{') return namedReference(regex, replacement.slice(at));
  const [digits] = /^\d+/.exec(replacement.slice(at)) ?? [];
  if (digits === undefined) throw illegal('Illegal group reference');
  // Further digits belong to the number as long as there is such a group.
  let length = 1;
  while (length < digits.length && Number(digits.slice(0, length + 1)) <= regex.groups) length += 1;
  const group = Number(digits.slice(0, length));
  if (group > regex.groups) throw illegal(`No group ${group}`);
  return { group, length };
}

function namedReference(regex: JavaRegex, text: string): { group: number; length: number } {
  const [whole = '', name = ''] = /^\{([A-Za-z][A-Za-z0-9]*)\}/.exec(text) ?? [];
  if (whole === '') throw illegal("named capturing group is missing trailing '}'");
  const group = regex.names.get(name);
  if (group === undefined) throw illegal(`No group with name {${name}}`);
  return { group, length: whole.length };
}

function illegal(message: string): Error {
  return apexError('System.StringException', message);
}

/** What a group has matched; null where it has not taken part. */
export function groupText(attempt: Attempt, group: number): string | null {
  const { [group * 2]: start = -1, [group * 2 + 1]: end = -1 } = attempt.groups;
  return start < 0 ? null : attempt.text.slice(start, end);
}
