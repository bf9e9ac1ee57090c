import { apexError } from '../../values/exception.ts';
import type { Value } from '../../values/value.ts';
import type { InstanceNative, NativeClass } from '../native.ts';
import { flagArgument, integerArgument, methodsOf, nullArgument, textArgument } from '../native.ts';
import type { MatcherValue } from './matcher-value.ts';
import { PatternValue } from './pattern-value.ts';
import { Attempt } from './regex/attempt.ts';
import { groupText, replaceMatches } from './regex/replacement.ts';

/** `System.Matcher`. Exceptions have the words of Java's matcher, which it is. */
export const matcherClass: NativeClass = {
  name: 'System.Matcher',
  statics: {
    quotereplacement: (_run, args) => textArgument(args, 0).replaceAll(/[\\$]/g, String.raw`\$&`),
  },
  methods: methodsOf<MatcherValue>({
    end: position(1),
    start: position(0),
    'find/0': (_run, self) => self.find(),
    'find/1': (_run, self, args) => {
      const start = integerArgument(args, 0);
      self.reset();
      if (start < 0 || start > self.attempt.to) throw refusal('Illegal start index');
      return self.findFrom(start);
    },
    group: (_run, self, args) => groupText(self.attempt, groupArgument(self, args, 'No match found')),
    groupcount: (_run, self) => self.pattern.regex.groups,
    hasanchoringbounds: (_run, self) => self.attempt.anchoringBounds,
    hastransparentbounds: (_run, self) => self.attempt.transparentBounds,
    hitend: (_run, self) => self.attempt.hitEnd,
    lookingat: (_run, self) => self.match(false),
    matches: (_run, self) => self.match(true),
    pattern: (_run, self) => self.pattern,
    region: (_run, self, args) => {
      const start = integerArgument(args, 0);
      const end = integerArgument(args, 1);
      if (start < 0 || start > self.attempt.text.length) throw refusal('start');
      if (end < 0 || end > self.attempt.text.length) throw refusal('end');
      if (start > end) throw refusal('start > end');
      self.reset();
      self.attempt.from = start;
      self.attempt.to = end;
      return self;
    },
    regionend: (_run, self) => self.attempt.to,
    regionstart: (_run, self) => self.attempt.from,
    replaceall: (_run, self, args) => replaced(self, textArgument(args, 0), 'all'),
    replacefirst: (_run, self, args) => replaced(self, textArgument(args, 0), 'first'),
    requireend: (_run, self) => self.attempt.requireEnd,
    reset: (_run, self, args) => {
      self.reset(args.length > 0 ? textArgument(args, 0) : undefined);
      return self;
    },
    useanchoringbounds: (_run, self, args) => {
      self.attempt.anchoringBounds = flagArgument(args, 0);
      return self;
    },
    usepattern: (_run, self, [pattern]) => {
      if (!(pattern instanceof PatternValue)) throw nullArgument();
      self.pattern = pattern;
      self.matched = false;
      return self;
    },
    usetransparentbounds: (_run, self, args) => {
      self.attempt.transparentBounds = flagArgument(args, 0);
      return self;
    },
  }),
};

/** `start` and `end` of the match, or of one of its groups: -1 where the group has not taken part. */
function position(side: 0 | 1): InstanceNative<MatcherValue> {
  return (_run, self, args) => self.attempt.groups[groupArgument(self, args, 'No match available') * 2 + side] ?? -1;
}

function groupArgument(matcher: MatcherValue, args: readonly Value[], withoutMatch: string): number {
  if (!matcher.matched) throw refusal(withoutMatch);
  const group = args.length > 0 ? integerArgument(args, 0) : 0;
  if (group < 0 || group > matcher.pattern.regex.groups) throw refusal(`No group ${group}`);
  return group;
}

function replaced(matcher: MatcherValue, replacement: string, matches: 'all' | 'first'): string {
  matcher.reset();
  return replaceMatches(matcher.pattern.regex, new Attempt(matcher.attempt.text), replacement, matches);
}

function refusal(message: string): Error {
  return apexError('System.StringException', message);
}
