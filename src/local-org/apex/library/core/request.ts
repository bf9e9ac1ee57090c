import { platformType } from '../../platform/platform.ts';
import type { Entry, Run } from '../../run/run.ts';
import { PlatformObject } from '../../values/platform-object.ts';
import { platformConstant } from '../../values/enums/platform-enums.ts';
import { methodsOf } from '../native.ts';
import type { NativeClass } from '../native.ts';

const quiddities: Record<Entry, string> = {
  anonymous: 'ANONYMOUS',
  api: 'REST',
  batch: 'BATCH_APEX',
  future: 'FUTURE',
  queueable: 'QUEUEABLE',
  schedulable: 'SCHEDULED',
  test: 'RUNTEST_ASYNC',
};

const requestIds = new WeakMap<Run, string>();

/** One id for all of a transaction. */
function requestId(run: Run): string {
  let id = requestIds.get(run);
  if (id === undefined) {
    id = `TID:${Buffer.from(run.random(16)).toString('hex')}`;
    requestIds.set(run, id);
  }
  return id;
}

export const requestClass: NativeClass = {
  name: 'System.Request',
  statics: { getcurrent: () => new PlatformObject(platformType('System.Request')) },
  methods: methodsOf<PlatformObject>({
    getquiddity: (run) => platformConstant('System.Quiddity', quiddities[run.entry]),
    getrequestid: requestId,
  }),
};
