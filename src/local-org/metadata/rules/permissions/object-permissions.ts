import { flagOf, textOf } from '../../elements/metadata-value.ts';
import type { MetadataValue } from '../../elements/metadata-value.ts';
import type { RuleContext } from '../rule-context.ts';

interface ObjectPermission {
  readonly element: string;
  /** How Salesforce names it in errors. */
  readonly label: string;
  readonly dependsOn: readonly string[];
}

/** Object permissions and what each takes for granted (Salesforce help, "Object Permissions"). */
const objectPermissions: readonly ObjectPermission[] = [
  { element: 'allowRead', label: 'Read', dependsOn: [] },
  { element: 'allowCreate', label: 'Create', dependsOn: ['allowRead'] },
  { element: 'allowEdit', label: 'Edit', dependsOn: ['allowRead'] },
  { element: 'allowDelete', label: 'Delete', dependsOn: ['allowRead', 'allowEdit'] },
  { element: 'viewAllRecords', label: 'View All', dependsOn: ['allowRead'] },
  {
    element: 'modifyAllRecords',
    label: 'Modify All',
    dependsOn: ['allowRead', 'allowEdit', 'allowDelete', 'viewAllRecords'],
  },
];

/**
 * Objects that can be granted though this org keeps no rows of them: reading UserExternalCredential is what a callout
 * through an external credential asks of its user (help, "Non-legacy named credentials").
 */
const grantedWithoutRows = new Set(['UserExternalCredential']);

/** Why one `<objectPermissions>` entry is refused. */
export function objectPermissionProblem(entry: MetadataValue, { org }: RuleContext): string | undefined {
  const object = textOf(entry, 'object') ?? '';
  const known = org.schema().data.object(object) !== undefined || grantedWithoutRows.has(object);
  if (!known) return `In field: object - no CustomObject named ${object} found`;
  for (const permission of objectPermissions.filter(({ element }) => flagOf(entry, element, false))) {
    const missing = objectPermissions.filter(
      ({ element }) => permission.dependsOn.includes(element) && !flagOf(entry, element, false),
    );
    if (missing.length > 0) {
      const needed = missing.map(({ label }) => `${label} ${object}`).join(', ');
      return `Permission ${permission.label} ${object} depends on permission(s): ${needed}`;
    }
  }
  return undefined;
}
