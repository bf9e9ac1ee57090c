import type { MetadataProblem } from '../../elements/metadata-problem.ts';
import { flagOf, listOf, textOf } from '../../elements/metadata-value.ts';
import type { MetadataFieldValue, MetadataValue } from '../../elements/metadata-value.ts';
import { notImplementedProblem } from '../not-implemented.ts';
import { objectPermissionProblem } from './object-permissions.ts';
import { dependencyProblem } from './permission-dependencies.ts';
import { apiNameProblem, tooLong } from '../names.ts';
import type { ComponentRule, RuleContext } from '../rule-context.ts';

/** Parts of a permission set that do something in the local org. */
const implemented = new Set([
  'classAccesses',
  'description',
  'externalCredentialPrincipalAccesses',
  'fieldPermissions',
  'hasActivationRequired',
  'label',
  'license',
  'objectPermissions',
  'userPermissions',
]);

/** Permission sets may only grant what exists, here or in the same deployment. */
export const checkPermissionSet: ComponentRule = ({ fullName, value }, context) => {
  const name = apiNameProblem(fullName, 'API Name') ?? tooLong('Label', textOf(value, 'label') ?? '', 80);
  if (name !== undefined) return { message: name };
  const stranger = strangeElement(value, implemented);
  if (stranger !== undefined) return { message: notImplementedProblem(`the element ${stranger} of PermissionSet`) };
  return grantsProblem(value, context);
};

/** Why what a permission set or a profile grants is refused; undefined if it is not. */
export function grantsProblem(value: MetadataValue, context: RuleContext): MetadataProblem | undefined {
  return (
    firstProblem(listOf(value, 'fieldPermissions'), (entry) => fieldProblem(entry, context)) ??
    firstProblem(listOf(value, 'objectPermissions'), (entry) => objectPermissionProblem(entry, context)) ??
    firstProblem(listOf(value, 'classAccesses'), (entry) => classProblem(entry, context)) ??
    firstProblem(listOf(value, 'externalCredentialPrincipalAccesses'), (entry) => principalProblem(entry, context)) ??
    firstProblem(listOf(value, 'userPermissions'), (entry) => userPermissionProblem(entry, context)) ??
    dependencyProblem(value)
  );
}

/** The first element that holds something and does nothing in the local org. */
export function strangeElement(value: MetadataValue, known: ReadonlySet<string>): string | undefined {
  return Object.entries(value).find(([element, part]) => !known.has(element) && !isEmpty(part))?.[0];
}

function isEmpty(part: MetadataFieldValue): boolean {
  return part === undefined || part === null || part === '' || (Array.isArray(part) && part.length === 0);
}

function firstProblem(
  entries: readonly MetadataValue[],
  check: (entry: MetadataValue) => string | undefined,
): MetadataProblem | undefined {
  for (const entry of entries) {
    const message = check(entry);
    if (message !== undefined) return { message };
  }
  return undefined;
}

function fieldProblem(entry: MetadataValue, context: RuleContext): string | undefined {
  const field = textOf(entry, 'field') ?? '';
  const dot = field.indexOf('.');
  const objectName = field.slice(0, Math.max(dot, 0));
  const deployed = context.value('CustomField', field);
  const known = context.org
    .schema()
    .data.object(objectName)
    ?.field(field.slice(dot + 1));
  // A field this deployment deletes is still in the schema: the components, not the schema, say whether it stays.
  if (deployed === undefined && (known === undefined || known.custom)) {
    return `In field: field - no CustomField named ${field} found`;
  }
  const required =
    deployed === undefined
      ? known !== undefined &&
        (known.type === 'id' || (!known.nillable && known.createable && !known.defaultedOnCreate))
      : flagOf(deployed, 'required', false);
  if (required) return `You cannot deploy to a required field: ${field}`;
  if (flagOf(entry, 'editable', false) && !flagOf(entry, 'readable', false)) {
    return `Field permission Edit ${field} depends on permission(s): Read ${field}`;
  }
  return undefined;
}

function classProblem(entry: MetadataValue, context: RuleContext): string | undefined {
  const name = textOf(entry, 'apexClass') ?? '';
  return context.value('ApexClass', name) === undefined
    ? `In field: apexClass - no ApexClass named ${name} found`
    : undefined;
}

/** Written `Credential-Principal`; the credential's own name holds no hyphen. */
function principalProblem(entry: MetadataValue, context: RuleContext): string | undefined {
  const access = textOf(entry, 'externalCredentialPrincipal') ?? '';
  const hyphen = access.indexOf('-');
  const credential = context.value('ExternalCredential', access.slice(0, Math.max(hyphen, 0)));
  const principal = access.slice(hyphen + 1).toLowerCase();
  const found = listOf(credential ?? {}, 'externalCredentialParameters').some(
    (parameter) => (textOf(parameter, 'parameterName') ?? '').toLowerCase() === principal,
  );
  return found
    ? undefined
    : `In field: externalCredentialPrincipal - no ExternalCredentialPrincipal named ${access} found`;
}

/** The org's schema names the permissions it knows as fields of PermissionSet. */
function userPermissionProblem(entry: MetadataValue, context: RuleContext): string | undefined {
  const name = textOf(entry, 'name') ?? '';
  const known = context.org.schema().data.object('PermissionSet')?.field(`Permissions${name}`);
  return known === undefined ? `Unknown user permission: ${name}` : undefined;
}
