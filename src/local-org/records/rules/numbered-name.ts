import type { OrgState } from '../../state/org-state.ts';
import type { ObjectRules } from './object-rules.ts';

/** The next name of an object whose names are numbers, as those of Case are. Its form is ours: that of Salesforce is not documented. */
export function nextName(org: OrgState, sobject: string): string {
  return String(org.nextNumber(`${sobject}.Name`)).padStart(8, '0');
}

/** Objects that have such names and no other rules. */
export function numbered(sobject: string): ObjectRules {
  return {
    prepare: ({ org, operation, values }) => {
      if (operation === 'insert') values['Name'] = nextName(org, sobject);
    },
  };
}
