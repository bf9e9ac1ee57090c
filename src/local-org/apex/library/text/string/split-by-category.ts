import { categoryOf } from './char-kinds.ts';

/**
 * Runs of characters of one Unicode category, as Commons Lang's `splitByCharacterType` cuts them.
 * @param camelCase an upper-case letter belongs to the lower-case letters that follow it: `fooBar` is `foo`, `Bar`
 */
export function splitByCategory(text: string, camelCase: boolean): string[] {
  const parts: string[] = [];
  let current = '';
  let last = '';
  // Java classifies UTF-16 units, not characters.
  for (const char of text.split('')) {
    const category = categoryOf(char);
    if (current === '' || category === last) {
      current += char;
    } else if (camelCase && category === 'Ll' && last === 'Lu') {
      if (current.length > 1) parts.push(current.slice(0, -1));
      current = current.slice(-1) + char;
    } else {
      parts.push(current);
      current = char;
    }
    last = category;
  }
  return current === '' ? parts : [...parts, current];
}
