import { integerArgument, textArgument } from '../../../native.ts';
import { indexIgnoringCase, indexOf, lastIndexIgnoringCase, lastIndexOf } from '../find-text.ts';
import type { StringMethods } from '../text-methods.ts';

/** `contains…`, `startsWith…`, `endsWith…` and every `indexOf…` of String. */
export const stringSearch: StringMethods = {
  contains: (_run, self, args) => self.includes(textArgument(args, 0)),
  containsany: (_run, self, args) => {
    const chars = textArgument(args, 0);
    return Array.from(self).some((char) => chars.includes(char));
  },
  containsignorecase: (_run, self, args) => indexIgnoringCase(self, textArgument(args, 0)) >= 0,
  containsnone: (_run, self, args) => {
    const chars = textArgument(args, 0);
    return !Array.from(self).some((char) => chars.includes(char));
  },
  containsonly: (_run, self, args) => {
    const chars = textArgument(args, 0);
    return Array.from(self).every((char) => chars.includes(char));
  },
  countmatches: (_run, self, args) => {
    const searched = textArgument(args, 0);
    return searched === '' ? 0 : self.split(searched).length - 1;
  },
  endswith: (_run, self, args) => self.endsWith(textArgument(args, 0)),
  endswithignorecase: (_run, self, args) => self.toLowerCase().endsWith(textArgument(args, 0).toLowerCase()),
  startswith: (_run, self, args) => self.startsWith(textArgument(args, 0)),
  startswithignorecase: (_run, self, args) => self.toLowerCase().startsWith(textArgument(args, 0).toLowerCase()),
  indexof: (_run, self, args) => indexOf(self, textArgument(args, 0), args.length > 1 ? integerArgument(args, 1) : 0),
  indexofany: (_run, self, args) => {
    const chars = textArgument(args, 0);
    return self.split('').findIndex((char) => chars.includes(char));
  },
  indexofanybut: (_run, self, args) => {
    const chars = textArgument(args, 0);
    return chars === '' ? -1 : self.split('').findIndex((char) => !chars.includes(char));
  },
  indexofchar: (_run, self, args) => {
    const char = integerArgument(args, 0);
    const from = args.length > 1 ? integerArgument(args, 1) : 0;
    return isCodePoint(char) ? indexOf(self, String.fromCodePoint(char), from) : -1;
  },
  indexofignorecase: (_run, self, args) =>
    indexIgnoringCase(self, textArgument(args, 0), args.length > 1 ? integerArgument(args, 1) : 0),
  lastindexof: (_run, self, args) =>
    lastIndexOf(self, textArgument(args, 0), args.length > 1 ? integerArgument(args, 1) : self.length),
  lastindexofchar: (_run, self, args) => {
    const char = integerArgument(args, 0);
    const from = args.length > 1 ? integerArgument(args, 1) : self.length;
    return isCodePoint(char) ? lastIndexOf(self, String.fromCodePoint(char), from) : -1;
  },
  lastindexofignorecase: (_run, self, args) =>
    lastIndexIgnoringCase(self, textArgument(args, 0), args.length > 1 ? integerArgument(args, 1) : self.length),
};

function isCodePoint(value: number): boolean {
  return value >= 0 && value <= 0x10_ff_ff;
}
