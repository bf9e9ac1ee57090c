import { isEmailAddress } from '../../../records/save/coerce-value.ts';
import type { MetadataProblem } from '../../elements/metadata-problem.ts';
import { textOf } from '../../elements/metadata-value.ts';
import type { MetadataValue } from '../../elements/metadata-value.ts';
import { APP, appOf } from '../../external-client-apps/app-types.ts';
import { apiNameProblem, tooLong } from '../names.ts';
import { notImplementedProblem } from '../not-implemented.ts';
import type { CandidateComponent, ComponentRule, RuleContext } from '../rule-context.ts';

/** The app itself: a name, a label, somebody to write to. */
export const checkExternalClientApplication: ComponentRule = ({ fullName, value }) => {
  const label = textOf(value, 'label');
  const email = textOf(value, 'contactEmail');
  const name = apiNameProblem(fullName, 'API Name') ?? tooLong('Label', label ?? '', 80);
  if (name !== undefined) return { message: name };
  if (label === undefined) return missing('label');
  if (email === undefined) return missing('contactEmail');
  if (!isEmailAddress(email)) return { message: `contactEmail: invalid email address: ${email}` };
  const state = textOf(value, 'distributionState') ?? 'Local';
  return state === 'Local' ? undefined : { message: notImplementedProblem(`apps with distributionState ${state}`) };
};

/** Connected apps can no longer be made, but in orgs that Salesforce Support has opened for them (help article 005228017). */
export const checkConnectedApp: ComponentRule = () => ({
  message:
    "You can't create a connected app. To enable connected app creation, contact Salesforce Customer Support. Create an external client app instead.",
});

export function missing(element: string): MetadataProblem {
  return { statusCode: 'REQUIRED_FIELD_MISSING', message: `Required field is missing: ${element}` };
}

/** A satellite must belong to an app that is there, and no other of its type may. */
export function satelliteProblem(
  { type, fullName, value }: CandidateComponent,
  context: RuleContext,
  ownerField: string,
): MetadataProblem | undefined {
  const name = apiNameProblem(fullName, 'API Name');
  if (name !== undefined) return { message: name };
  const appName = appOf(value);
  if (context.value(APP, appName) === undefined) return noSuchApp(appName);
  const twin = context
    .all(type)
    .find(
      (other) =>
        other.fullName.toLowerCase() !== fullName.toLowerCase() &&
        appOf(other.value).toLowerCase() === appName.toLowerCase(),
    );
  if (twin === undefined) return undefined;
  return { statusCode: 'DUPLICATE_VALUE', message: `${ownerField} duplicates value on ${twin.fullName}` };
}

export function noSuchApp(appName: string): MetadataProblem {
  const message = `In field: externalClientApplication - no ExternalClientApplication named ${appName} found`;
  return { statusCode: 'INVALID_CROSS_REFERENCE_KEY', message };
}

/** Elements that are not known here, but for those that say no to something. */
export function strangerProblem(
  type: string,
  value: MetadataValue,
  known: ReadonlySet<string>,
): MetadataProblem | undefined {
  const isNothing = (field: MetadataValue[string]): boolean =>
    field === undefined ||
    field === null ||
    field === '' ||
    field === false ||
    (Array.isArray(field) && field.length === 0);
  const stranger = Object.entries(value).find(([element, field]) => !known.has(element) && !isNothing(field));
  if (stranger === undefined) return undefined;
  return { message: notImplementedProblem(`the element ${stranger[0]} of ${type}`) };
}
