import type { MetadataValues } from '../../../salesforce/metadata/metadata-xml.ts';
import { wantedValues } from '../../../provision/plan/plan.ts';
import type { Check } from '../../check.ts';
import { pass, skip, warn } from '../../finding.ts';
import { components } from '../../readings/apex.ts';
import { fieldGrants, fieldReaders } from '../../readings/fields.ts';
import { people } from '../../readings/people.ts';
import { inSetup } from '../../setup-page.ts';
import { grantsOf } from './grants.ts';

/** A warning alone: OpenCX itself hands sessions off without this field. */
export const caseSession: Check = {
  id: 'fields.case-session',
  title: 'The field that holds the session of a Case is there, unique, and writable by the integration user',
  group: 'fields',
  why: 'opencx-sf serve writes it with each Case. Without it, or where it is not unique, it hands no email session off, as a lost answer could leave two Cases of one session.',
  mending: 'opencx-sf verify --fix deploys it with the permission set.',
  requires: ['fields.visible-to-integration-user'],
  reads: [components, fieldGrants, fieldReaders, people],
  fix: ['fields', 'access'],
  run: async (context) => {
    const component = context.drawn.parts.fields.components.find(({ role }) => role === 'case-session-field');
    if (component === undefined) return skip('The configuration has no field for the session of a Case.');
    const { integrationUser: user } = await context.read(people);
    if (user === undefined) return skip('Nothing is known of the integration user.');
    const { fullName: field } = component;
    const remedy = [
      inSetup(context, 'ObjectManager/Case/FieldsAndRelationships/view', 'Look at the field in the Object Manager.'),
    ];
    const { metadata } = await context.read(components);
    const existing = metadata.find(({ type, fullName }) => type === 'CustomField' && fullName === field)?.values;
    if (existing === undefined) return warn(`There is no field ${field}.`, { data: { field }, remedy });
    const { type, length, unique } = existing;
    const grants = await grantsOf(context, field, user.username);
    const data = { field, type, length, unique, username: user.username, by: grants.map(({ giver }) => giver) };
    const unfit = unfitFor(existing, wantedValues(component));
    if (unfit !== undefined) return warn(`${field} ${unfit.what}.`, { data, remedy, ...unfit.details });
    if (!grants.some(({ edit }) => edit)) {
      const what = grants.length === 0 ? 'does not see' : 'may read, but not write,';
      return warn(`${user.username} ${what} ${field}.`, {
        data,
        remedy: [inSetup(context, 'PermSets/home', 'Look at the permission set by hand.')],
      });
    }
    return pass(`${field}, unique, by ${data.by.join(', ')}`, { data });
  },
};

interface Unfit {
  readonly what: string;
  readonly details: { readonly byHand?: true };
}

function unfitFor(existing: MetadataValues, wanted: MetadataValues): Unfit | undefined {
  if (existing['type'] !== wanted['type']) {
    const what = `is of type ${String(existing['type'])}, not ${String(wanted['type'])}`;
    return { what, details: { byHand: true } };
  }
  // A UUID, as it is written.
  if (Number(existing['length'] ?? 0) < 36) {
    return { what: `takes ${String(existing['length'])} characters, not the 36 of a session`, details: {} };
  }
  return String(existing['unique']) === 'true'
    ? undefined
    : { what: 'is not unique, so that a session could become two Cases', details: {} };
}
