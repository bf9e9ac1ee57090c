import type { ComponentRole } from '../../../blueprint/component-table.ts';
import { wantedValues } from '../../../provision/plan/plan.ts';
import type { Check } from '../../check.ts';
import { fail, pass } from '../../finding.ts';
import { components } from '../../readings/apex.ts';
import { inSetup } from '../../setup-page.ts';

export const caseFrom = fieldCheck({
  id: 'fields.case-from',
  role: 'case-from-field',
  title: 'The field that marks Cases of OpenCX is there, with its type and length',
  why: 'OpenCX writes it with each Case; where it is missing the Case is refused, and “no Case appears”.',
});

export const emailSent: Check = {
  ...fieldCheck({
    id: 'fields.email-sent',
    role: 'email-sent-field',
    title: 'The field that marks mail already sent is there',
    why: 'Without it a trigger that runs twice sends twice; the class does not compile without it.',
  }),
  appliesTo: ({ config }) =>
    config.blueprint.options.idempotency ? undefined : 'blueprint.options.idempotency is off.',
};

function fieldCheck({ id, role, title, why }: Pick<Check, 'id' | 'title' | 'why'> & { role: ComponentRole }): Check {
  return {
    id,
    title,
    group: 'fields',
    why,
    mending: 'opencx-sf verify --fix deploys it with the permission set.',
    requires: ['org.permissions'],
    reads: [components],
    fix: ['fields', 'access'],
    run: async (context) => {
      const component = context.drawn.parts.fields.components.find((one) => one.role === role);
      if (component === undefined) return fail(`The configuration has no field for ${role}.`);
      const wanted = wantedValues(component);
      const { metadata } = await context.read(components);
      const existing = metadata.find(
        (one) => one.type === 'CustomField' && one.fullName === component.fullName,
      )?.values;
      const remedy = [
        inSetup(context, 'ObjectManager/Case/FieldsAndRelationships/view', 'Look at the field in the Object Manager.'),
      ];
      if (existing === undefined)
        return fail(`There is no field ${component.fullName}.`, { data: { field: component.fullName }, remedy });
      const data = { field: component.fullName, type: existing['type'], length: existing['length'] };
      if (existing['type'] !== wanted['type']) {
        return fail(`${component.fullName} is of type ${String(existing['type'])}, not ${String(wanted['type'])}.`, {
          data,
          remedy,
          byHand: true,
        });
      }
      if (Number(existing['length'] ?? 0) < Number(wanted['length'] ?? 0)) {
        return fail(
          `${component.fullName} takes ${String(existing['length'])} characters, not ${String(wanted['length'])}.`,
          { data, remedy },
        );
      }
      return pass(`${component.fullName}, ${String(existing['type'])}`, { data });
    },
  };
}
