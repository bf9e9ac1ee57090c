import { ApexTime, msPerDay } from '../../values/temporal.ts';
import type { NativeClass } from '../native.ts';
import { integerArgument, methodsOf } from '../native.ts';

/** A time of day; the clock starts again after midnight. */
export function clockTime(milliseconds: number): ApexTime {
  return new ApexTime(((milliseconds % msPerDay) + msPerDay) % msPerDay);
}

const msPerSecond = 1000;
const msPerMinute = 60_000;
const msPerHour = 3_600_000;

export const timeClass: NativeClass = {
  name: 'Time',
  statics: {
    newinstance: (_run, args) =>
      clockTime(
        integerArgument(args, 0) * msPerHour +
          integerArgument(args, 1) * msPerMinute +
          integerArgument(args, 2) * msPerSecond +
          integerArgument(args, 3),
      ),
  },
  methods: methodsOf<ApexTime>({
    addhours: (_run, self, args) => clockTime(self.milliseconds + integerArgument(args, 0) * msPerHour),
    addmilliseconds: (_run, self, args) => clockTime(self.milliseconds + integerArgument(args, 0)),
    addminutes: (_run, self, args) => clockTime(self.milliseconds + integerArgument(args, 0) * msPerMinute),
    addseconds: (_run, self, args) => clockTime(self.milliseconds + integerArgument(args, 0) * msPerSecond),
    hour: (_run, self) => Math.floor(self.milliseconds / msPerHour),
    millisecond: (_run, self) => self.milliseconds % msPerSecond,
    minute: (_run, self) => Math.floor(self.milliseconds / msPerMinute) % 60,
    second: (_run, self) => Math.floor(self.milliseconds / msPerSecond) % 60,
  }),
};
