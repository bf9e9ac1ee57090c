import { isOpen } from '../../apex/testing/test-run-rows.ts';
import { RecordRefused } from '../save/save-error.ts';
import type { ObjectRules } from './object-rules.ts';

/** Writing `Aborted` into an item that has not ended takes its tests out of the run; nothing else can be changed. */
export const apexTestQueueItemRules: ObjectRules = {
  prepare: ({ operation, old, values }) => {
    if (operation === 'insert') {
      const message =
        'The local org does not implement test runs by inserting ApexTestQueueItem: use runTestsAsynchronous.';
      throw new RecordRefused('LOCAL_ORG_NOT_IMPLEMENTED', message);
    }
    if (values['Status'] === 'Aborted' && isOpen(old)) return;
    const message = 'A test queue item can only be aborted, and only until its tests were run: Status';
    throw new RecordRefused('FIELD_INTEGRITY_EXCEPTION', message, ['Status']);
  },
};
