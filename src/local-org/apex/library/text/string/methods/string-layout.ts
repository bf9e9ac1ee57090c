import { apexError } from '../../../../values/exception.ts';
import { integerArgument, textArgument } from '../../../native.ts';
import type { Value } from '../../../../values/value.ts';
import { isWhitespace } from '../char-kinds.ts';
import type { StringMethods } from '../text-methods.ts';

/** Texts made longer or shorter or put in another order. */
export const stringLayout: StringMethods = {
  abbreviate: (_run, self, args) =>
    abbreviated(self, integerArgument(args, 0), args.length > 1 ? integerArgument(args, 1) : 0),
  center: (_run, self, args) => {
    const missing = Math.max(0, integerArgument(args, 0) - self.length);
    const before = Math.floor(missing / 2);
    return padding(before, padArgument(args)) + self + padding(missing - before, padArgument(args));
  },
  leftpad: (_run, self, args) => padding(integerArgument(args, 0) - self.length, padArgument(args)) + self,
  rightpad: (_run, self, args) => self + padding(integerArgument(args, 0) - self.length, padArgument(args)),
  normalizespace: (_run, self) => normalized(self),
  overlay: (_run, self, args) => {
    const within = (index: number): number => Math.min(Math.max(index, 0), self.length);
    const one = within(integerArgument(args, 1));
    const other = within(integerArgument(args, 2));
    return self.slice(0, Math.min(one, other)) + textArgument(args, 0) + self.slice(Math.max(one, other));
  },
  'repeat/1': (_run, self, args) => self.repeat(Math.max(0, integerArgument(args, 0))),
  'repeat/2': (_run, self, args) => {
    const times = Math.max(0, integerArgument(args, 1));
    return Array.from({ length: times }, () => self).join(textArgument(args, 0));
  },
  reverse: (_run, self) => Array.from(self).reverse().join(''),
  // Java's trim takes away everything up to and with the blank, control characters too, and no other spaces.
  trim: (_run, self) => self.replaceAll(/^[\0- ]+|[\0- ]+$/g, ''),
};

/** Runs of whitespace as one blank, none at the ends. A blank that does not break a line becomes one that does. */
function normalized(text: string): string {
  const spaced = text.split('').map((char) => (isWhitespace(char) ? ' ' : char));
  const collapsed = spaced.join('').replaceAll(/ +/g, ' ').replaceAll('\u00A0', ' ');
  return collapsed.replaceAll(/^ +| +$/g, '');
}

function padArgument(args: readonly Value[]): string {
  return args.length > 1 ? textArgument(args, 1) : ' ';
}

function padding(length: number, pad: string): string {
  return ''.padEnd(Math.max(0, length), pad === '' ? ' ' : pad);
}

const dots = '...';

/** Commons Lang's `abbreviate`: `offset` is a place that should be seen, with dots on both of its sides where needed. */
function abbreviated(text: string, width: number, offset: number): string {
  const room = width - dots.length;
  if (width < 4) throw apexError('System.StringException', 'Minimum abbreviation width is 4');
  if (text.length <= width) return text;
  const start = Math.min(offset, text.length - room);
  if (start <= 4) return text.slice(0, room) + dots;
  if (width < 7) throw apexError('System.StringException', 'Minimum abbreviation width with offset is 7');
  return start + room < text.length
    ? dots + abbreviated(text.slice(start), room, 0)
    : dots + text.slice(text.length - room);
}
