import { primitives } from '../../types/type.ts';
import { ApexList } from '../../values/collections/list.ts';
import type { NativeClass } from '../native.ts';
import { integerArgument, methodsOf, textArgument } from '../native.ts';
import { MatcherValue } from './matcher-value.ts';
import { PatternValue } from './pattern-value.ts';
import { Attempt } from './regex/attempt.ts';
import { javaRegex, matchFrom } from './regex/java-regex.ts';
import { splitText } from './regex/split-text.ts';

/** `System.Pattern`. */
export const patternClass: NativeClass = {
  name: 'System.Pattern',
  statics: {
    compile: (_run, args) => new PatternValue(javaRegex(textArgument(args, 0))),
    matches: (_run, args) => matchFrom(javaRegex(textArgument(args, 0)), new Attempt(textArgument(args, 1)), 0, true),
    // An end of the quotation within the text is written outside of it.
    quote: (_run, args) => `\\Q${textArgument(args, 0).replaceAll('\\E', String.raw`\E\\E\Q`)}\\E`,
  },
  methods: methodsOf<PatternValue>({
    matcher: (_run, self, args) => new MatcherValue(self, textArgument(args, 0)),
    pattern: (_run, self) => self.regex.pattern,
    split: (_run, self, args) => {
      const limit = args.length > 1 ? integerArgument(args, 1) : 0;
      return ApexList.of(primitives.String, splitText(self.regex, textArgument(args, 0), limit));
    },
  }),
};
