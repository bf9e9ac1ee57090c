import type { FieldValue } from '../../state/record-store.ts';
import type { ObjectRules } from './object-rules.ts';
import { ownedByUser } from './ownership.ts';

export const accountRules: ObjectRules = {
  initialize: ownedByUser,
  cascade: [{ sobject: 'Contact', field: 'AccountId' }],
};

export const contactRules: ObjectRules = {
  initialize: ownedByUser,
  prepare: ({ values }) => {
    values['Name'] = fullName(values);
  },
};

/** First, middle and last name and suffix, as far as there are any. */
export function fullName(values: Record<string, FieldValue>): string {
  const names = [values['FirstName'], values['MiddleName'], values['LastName'], values['Suffix']];
  return names.filter((name) => typeof name === 'string').join(' ');
}
