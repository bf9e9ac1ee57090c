import type { ComponentRole } from '../../../blueprint/component-table.ts';
import type { OrgApex } from '../../../provision/org/org-components.ts';
import type { CheckContext } from '../../check-context.ts';
import { components } from '../../readings/apex.ts';

/** A class or trigger of the blueprint: what it is called, and what the org has under that name. */
export interface OwnApex {
  name: string;
  type: string;
  object: string | undefined;
  existing: OrgApex | undefined;
}

/** @returns undefined where the configuration does not have a component of that role */
export async function ownApex({ drawn, read }: CheckContext, role: ComponentRole): Promise<OwnApex | undefined> {
  const component = drawn.parts.apex.components.find((one) => one.role === role);
  if (component === undefined) return undefined;
  const { apex } = await read(components);
  return {
    name: component.fullName,
    type: component.type,
    object: component.object,
    existing: apex.find(
      (one) => one.type === component.type && one.name.toLowerCase() === component.fullName.toLowerCase(),
    ),
  };
}

/** The Apex that takes part in sending: the sender's trigger and our class, as far as the org has them. */
export async function senderTexts(context: CheckContext): Promise<OrgApex[]> {
  const [trigger, apexClass] = await Promise.all([
    ownApex(context, 'outbound-sender'),
    ownApex(context, 'case-management-class'),
  ]);
  return [trigger?.existing, apexClass?.existing].filter((one) => one !== undefined);
}
