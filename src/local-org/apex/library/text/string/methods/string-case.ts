import { textArgument } from '../../../native.ts';
import type { StringMethods } from '../text-methods.ts';
import { isOfKind } from '../char-kinds.ts';

/** Upper and lower case. */
export const stringCase: StringMethods = {
  capitalize: (_run, self) => changeFirst(self, (char) => char.toUpperCase()),
  uncapitalize: (_run, self) => changeFirst(self, (char) => char.toLowerCase()),
  swapcase: (_run, self) => Array.from(self, swapped).join(''),
  tolowercase: (_run, self, args) =>
    args.length === 0 ? self.toLowerCase() : self.toLocaleLowerCase(languageOf(textArgument(args, 0))),
  touppercase: (_run, self, args) =>
    args.length === 0 ? self.toUpperCase() : self.toLocaleUpperCase(languageOf(textArgument(args, 0))),
};

function changeFirst(text: string, change: (char: string) => string): string {
  const [first = ''] = text;
  const changed = change(first);
  // Java changes one character to one: `ß` stays.
  return (Array.from(changed).length > 1 ? first : changed) + text.slice(first.length);
}

function swapped(char: string): string {
  return isOfKind('upperCase', char) || isOfKind('titleCase', char)
    ? changeFirst(char, (one) => one.toLowerCase())
    : changeFirst(char, (one) => one.toUpperCase());
}

/** `tr_TR` and `tr` both as `tr`, which is all that case depends on; the root locale for what is none. */
function languageOf(locale: string): string {
  const [language = ''] = locale.split(/[_-]/);
  return /^[a-z]{2,3}$/i.test(language) ? language : 'und';
}
