import type { InstanceNative } from '../../../native.ts';
import { isOfKind, isWhitespace } from '../char-kinds.ts';
import type { StringMethods } from '../text-methods.ts';

type CharTest = (char: string) => boolean;

const isLetter: CharTest = (char) => isOfKind('letter', char);
const isDigit: CharTest = (char) => isOfKind('digit', char);
const isSpace: CharTest = (char) => char === ' ';

/** Java looks at UTF-16 units: a character outside of the basic plane is no letter to it. */
function all(...tests: readonly CharTest[]): InstanceNative<string> {
  return (_run, self) => self.split('').every((char) => tests.some((test) => test(char)));
}

/** The same for methods that say false of the empty text. */
function allOfSome(...tests: readonly CharTest[]): InstanceNative<string> {
  const every = all(...tests);
  return (run, self, args, call) => self !== '' && every(run, self, args, call);
}

/** What a text consists of. */
export const stringTests: StringMethods = {
  containswhitespace: (_run, self) => self.split('').some(isWhitespace),
  isalllowercase: allOfSome((char) => isOfKind('lowerCase', char)),
  isalluppercase: allOfSome((char) => isOfKind('upperCase', char)),
  isalpha: allOfSome(isLetter),
  isalphaspace: all(isLetter, isSpace),
  isalphanumeric: allOfSome(isLetter, isDigit),
  isalphanumericspace: all(isLetter, isDigit, isSpace),
  isasciiprintable: all((char) => char >= ' ' && char <= '~'),
  isnumeric: allOfSome(isDigit),
  isnumericspace: all(isDigit, isSpace),
  iswhitespace: all(isWhitespace),
};
