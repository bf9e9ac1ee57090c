import type { RecordChange } from '../../state/save-hooks.ts';
import type { Draft } from './save-chunks.ts';

/** A record on its way as the hooks see it. */
export function recordChange(draft: Draft, old: RecordChange['old'], values: RecordChange['values']): RecordChange {
  return {
    old,
    values,
    fail: (message, fields = [], statusCode = 'FIELD_CUSTOM_VALIDATION_EXCEPTION') => {
      draft.errors = [...draft.errors, { statusCode, message, fields }];
    },
  };
}
