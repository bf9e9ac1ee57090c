import { integerArgument, textArgument } from '../../../native.ts';
import { textHash } from '../../../core/hash-code.ts';
import { levenshteinDistance } from '../levenshtein.ts';
import type { StringMethods } from '../text-methods.ts';

/** One text against another. */
export const stringCompare: StringMethods = {
  compareto: (_run, self, args) => compareTexts(self, textArgument(args, 0)),
  equals: (_run, self, [other]) => self === other,
  equalsignorecase: (_run, self, [other]) => typeof other === 'string' && self.toLowerCase() === other.toLowerCase(),
  hashcode: (_run, self) => textHash(self),
  difference: (_run, self, args) => {
    const other = textArgument(args, 0);
    const index = indexOfDifference(self, other);
    return index < 0 ? '' : other.slice(index);
  },
  indexofdifference: (_run, self, args) => indexOfDifference(self, textArgument(args, 0)),
  getlevenshteindistance: (_run, self, args) => {
    const distance = levenshteinDistance(self, textArgument(args, 0));
    return args.length > 1 && distance > integerArgument(args, 1) ? -1 : distance;
  },
};

/** Java's `compareTo`: the distance of the first characters that differ, or of the lengths. */
function compareTexts(one: string, other: string): number {
  const index = indexOfDifference(one, other);
  if (index < 0) return 0;
  return index < one.length && index < other.length
    ? one.charCodeAt(index) - other.charCodeAt(index)
    : one.length - other.length;
}

/** @returns -1 if the two are equal */
function indexOfDifference(one: string, other: string): number {
  if (one === other) return -1;
  let index = 0;
  while (index < one.length && index < other.length && one.charCodeAt(index) === other.charCodeAt(index)) index += 1;
  return index;
}
