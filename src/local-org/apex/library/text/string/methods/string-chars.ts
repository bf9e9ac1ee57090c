import { primitives } from '../../../../types/type.ts';
import { apexError } from '../../../../values/exception.ts';
import { ApexList } from '../../../../values/collections/list.ts';
import { integerArgument } from '../../../native.ts';
import type { StringMethods } from '../text-methods.ts';

/** Single characters and their positions; a position counts UTF-16 units. */
export const stringChars: StringMethods = {
  length: (_run, self) => self.length,
  charat: (_run, self, args) => self.charCodeAt(within(integerArgument(args, 0), 0, self.length - 1)),
  codepointat: (_run, self, args) => codePoint(self, within(integerArgument(args, 0), 0, self.length - 1)),
  codepointbefore: (_run, self, args) => {
    const index = within(integerArgument(args, 0), 1, self.length);
    const before = index > 1 ? codePoint(self, index - 2) : 0;
    return before > 0xff_ff ? before : self.charCodeAt(index - 1);
  },
  codepointcount: (_run, self, args) => {
    const end = within(integerArgument(args, 1), 0, self.length);
    return Array.from(self.slice(within(integerArgument(args, 0), 0, end), end)).length;
  },
  offsetbycodepoints: (_run, self, args) => {
    const index = within(integerArgument(args, 0), 0, self.length);
    const offset = integerArgument(args, 1);
    const passed =
      offset < 0 ? Array.from(self.slice(0, index)).slice(offset) : Array.from(self.slice(index)).slice(0, offset);
    if (passed.length < Math.abs(offset)) throw outOfRange(index + offset);
    return index + Math.sign(offset) * passed.join('').length;
  },
  getchars: (_run, self) =>
    ApexList.of(
      primitives.Integer,
      self.split('').map((char) => char.charCodeAt(0)),
    ),
};

function codePoint(text: string, index: number): number {
  return text.codePointAt(index) ?? 0;
}

function within(index: number, least: number, most: number): number {
  if (index < least || index > most) throw outOfRange(index);
  return index;
}

function outOfRange(index: number): Error {
  return apexError('System.StringException', `String index out of range: ${index}`);
}
