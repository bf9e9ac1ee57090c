import type { ClassType } from '../../types/type.ts';
import { ApexValue } from '../../values/value.ts';
import { integerArgument, methodsOf, nullArgument } from '../native.ts';
import type { NativeClass } from '../native.ts';

/** A package version. Without a patch it compares by major and minor alone. */
class Version extends ApexValue {
  readonly type: ClassType;
  readonly major: number;
  readonly minor: number;
  readonly patch: number | undefined;

  constructor(type: ClassType, major: number, minor: number, patch: number | undefined) {
    super();
    this.type = type;
    this.major = major;
    this.minor = minor;
    this.patch = patch;
  }
}

function compare(left: Version, right: Version): number {
  const patches = left.patch === undefined || right.patch === undefined ? 0 : left.patch - right.patch;
  return Math.sign(left.major - right.major || left.minor - right.minor || patches);
}

export const versionClass: NativeClass = {
  name: 'System.Version',
  construct: (_run, args, type) =>
    new Version(
      type,
      integerArgument(args, 0),
      integerArgument(args, 1),
      args.length > 2 ? integerArgument(args, 2) : undefined,
    ),
  methods: methodsOf<Version>({
    compareto: (_run, self, [other]) => {
      if (!(other instanceof Version)) throw nullArgument();
      return compare(self, other);
    },
    major: (_run, self) => self.major,
    minor: (_run, self) => self.minor,
    patch: (_run, self) => self.patch ?? null,
  }),
};
