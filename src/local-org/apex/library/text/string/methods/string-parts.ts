import { primitives } from '../../../../types/type.ts';
import { apexError } from '../../../../values/exception.ts';
import { ApexList } from '../../../../values/collections/list.ts';
import { integerArgument, textArgument } from '../../../native.ts';
import { indexIgnoringCase } from '../find-text.ts';
import { isWhitespace } from '../char-kinds.ts';
import { splitByCategory } from '../split-by-category.ts';
import type { StringMethods } from '../text-methods.ts';

/** Parts of a text, and texts with parts taken out. */
export const stringParts: StringMethods = {
  deletewhitespace: (_run, self) =>
    Array.from(self)
      .filter((char) => !isWhitespace(char))
      .join(''),
  left: (_run, self, args) => self.slice(0, Math.max(0, integerArgument(args, 0))),
  right: (_run, self, args) => self.slice(Math.max(0, self.length - Math.max(0, integerArgument(args, 0)))),
  mid: (_run, self, args) => {
    const start = Math.max(0, integerArgument(args, 0));
    const length = integerArgument(args, 1);
    return length < 0 ? '' : self.slice(start, start + length);
  },
  remove: (_run, self, args) => {
    const removed = textArgument(args, 0);
    return removed === '' ? self : self.replaceAll(removed, '');
  },
  removeend: (_run, self, args) => {
    const end = textArgument(args, 0);
    return self.endsWith(end) ? self.slice(0, self.length - end.length) : self;
  },
  removeendignorecase: (_run, self, args) => {
    const end = textArgument(args, 0);
    const rest = self.length - end.length;
    return rest >= 0 && indexIgnoringCase(self.slice(rest), end) === 0 ? self.slice(0, rest) : self;
  },
  removestart: (_run, self, args) => {
    const start = textArgument(args, 0);
    return self.startsWith(start) ? self.slice(start.length) : self;
  },
  removestartignorecase: (_run, self, args) => {
    const start = textArgument(args, 0);
    return indexIgnoringCase(self.slice(0, start.length), start) === 0 ? self.slice(start.length) : self;
  },
  replace: (_run, self, args) => {
    const replacement = textArgument(args, 1);
    return self.replaceAll(textArgument(args, 0), () => replacement);
  },
  splitbycharactertype: (_run, self) => ApexList.of(primitives.String, splitByCategory(self, false)),
  splitbycharactertypecamelcase: (_run, self) => ApexList.of(primitives.String, splitByCategory(self, true)),
  striphtmltags: (_run, self) => self.replaceAll(/<[^>]*>/g, ''),
  substring: (_run, self, args) => {
    const start = integerArgument(args, 0);
    const end = args.length > 1 ? integerArgument(args, 1) : self.length;
    if (start < 0 || start > self.length) throw outOfBounds('Starting', start);
    if (end < start || end > self.length) throw outOfBounds('Ending', end);
    return self.slice(start, end);
  },
  substringafter: (_run, self, args) => {
    const separator = textArgument(args, 0);
    const found = self.indexOf(separator);
    return found < 0 ? '' : self.slice(found + separator.length);
  },
  substringafterlast: (_run, self, args) => {
    const separator = textArgument(args, 0);
    const found = separator === '' ? -1 : self.lastIndexOf(separator);
    return found < 0 ? '' : self.slice(found + separator.length);
  },
  substringbefore: (_run, self, args) => {
    const found = self.indexOf(textArgument(args, 0));
    return found < 0 ? self : self.slice(0, found);
  },
  substringbeforelast: (_run, self, args) => {
    const separator = textArgument(args, 0);
    const found = separator === '' ? -1 : self.lastIndexOf(separator);
    return found < 0 ? self : self.slice(0, found);
  },
  substringbetween: (_run, self, args) => {
    const open = textArgument(args, 0);
    const close = args.length > 1 ? textArgument(args, 1) : open;
    const start = self.indexOf(open);
    const end = start < 0 ? -1 : self.indexOf(close, start + open.length);
    return end < 0 ? null : self.slice(start + open.length, end);
  },
};

function outOfBounds(position: 'Starting' | 'Ending', index: number): Error {
  return apexError('System.StringException', `${position} position out of bounds: ${index}`);
}
