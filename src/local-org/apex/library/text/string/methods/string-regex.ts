import { primitives } from '../../../../types/type.ts';
import { ApexList } from '../../../../values/collections/list.ts';
import { integerArgument, textArgument } from '../../../native.ts';
import { Attempt } from '../../regex/attempt.ts';
import { javaRegex } from '../../regex/java-regex.ts';
import { replaceMatches } from '../../regex/replacement.ts';
import { splitText } from '../../regex/split-text.ts';
import type { StringMethods } from '../text-methods.ts';

/** Methods whose first argument is a regular expression. */
export const stringRegex: StringMethods = {
  replaceall: (_run, self, args) =>
    replaceMatches(javaRegex(textArgument(args, 0)), new Attempt(self), textArgument(args, 1), 'all'),
  replacefirst: (_run, self, args) =>
    replaceMatches(javaRegex(textArgument(args, 0)), new Attempt(self), textArgument(args, 1), 'first'),
  split: (_run, self, args) => {
    const limit = args.length > 1 ? integerArgument(args, 1) : 0;
    return ApexList.of(primitives.String, splitText(javaRegex(textArgument(args, 0)), self, limit));
  },
};
