import { limitNames } from '../../run/limits.ts';
import type { Run } from '../../run/run.ts';
import type { NativeClass, StaticNative } from '../native.ts';

/** `getQueries` and `getLimitQueries` for every limit that is counted. */
const counted = Object.fromEntries(
  limitNames.flatMap((name): [string, StaticNative][] => [
    [`get${name.toLowerCase()}`, (run) => run.limits.used(name)],
    [`getlimit${name.toLowerCase()}`, (run) => run.limits.ceiling(name)],
  ]),
);

/** CPU time is measured by a transaction that runs code; elsewhere none has been used. */
function cpuMs(run: Run): number {
  return 'cpuMs' in run && typeof run.cpuMs === 'number' ? Math.round(run.cpuMs) : 0;
}

/** `getHeapSize` is missing: the local org does not weigh a transaction's objects. */
export const limitsClass: NativeClass = {
  name: 'System.Limits',
  statics: {
    ...counted,
    getcputime: cpuMs,
    getlimitcputime: (run) => run.limits.ceilings.cpuMs,
    getlimitheapsize: (run) => run.limits.ceilings.heapBytes,
  },
};
