import { fieldText } from '../../state/field-text.ts';
import { RecordRefused } from '../save/save-error.ts';
import type { ObjectRules } from './object-rules.ts';

/** A setting is the org's unless it says whose it is; nobody has two. */
export function customSettingRules(sobject: string): ObjectRules {
  return {
    initialize: ({ org, values }) => {
      if (org.schema().data.object(sobject)?.customSetting !== true) return;
      values['SetupOwnerId'] ??= org.settings.organizationId;
    },
    prepare: ({ org, values, old }) => {
      if (org.schema().data.object(sobject)?.customSetting !== true) return;
      const owner = fieldText(values['SetupOwnerId'] ?? null);
      const twin = org.records.find(sobject, { SetupOwnerId: owner }).find(({ Id }) => Id !== old?.Id);
      if (twin === undefined) return;
      const message = `duplicate value found: SetupOwnerId duplicates value on record with id: ${twin.Id.slice(0, 15)}`;
      throw new RecordRefused('DUPLICATE_VALUE', message, ['SetupOwnerId']);
    },
  };
}
