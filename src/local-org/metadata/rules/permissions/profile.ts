import { fieldText } from '../../../state/field-text.ts';
import type { StoredRecord } from '../../../state/record-store.ts';
import { listOf, textOf } from '../../elements/metadata-value.ts';
import type { MetadataValue } from '../../elements/metadata-value.ts';
import { DEFAULT_LICENSE } from '../../profiles/apply-profile.ts';
import { mergedGrants } from '../../profiles/merged-grants.ts';
import { profileValue } from '../../profiles/profile-component.ts';
import { findProfile, isCustomProfile, profileNameOf } from '../../profiles/profile-names.ts';
import { tooLong } from '../names.ts';
import { notImplementedProblem } from '../not-implemented.ts';
import { grantsProblem, strangeElement } from './permission-set.ts';
import type { ComponentRule, RuleContext } from '../rule-context.ts';

/** Parts of a profile that do something in the local org. */
const implemented = new Set([
  'classAccesses',
  'custom',
  'description',
  'fieldPermissions',
  'objectPermissions',
  'userLicense',
  'userPermissions',
]);
/** Parts of a standard profile that are not changed by metadata here. */
const fixed = ['description', 'objectPermissions', 'userPermissions'];

/** Profiles may only grant what exists; whether a profile is custom is the org's to know, whatever the file says. */
export const checkProfile: ComponentRule = ({ fullName, value }, context) => {
  const name = tooLong('Profile Name', profileNameOf(fullName), 255);
  if (name !== undefined) return { message: name };
  const stranger = strangeElement(value, implemented);
  if (stranger !== undefined) return { message: notImplementedProblem(`the element ${stranger} of Profile`) };
  const row = findProfile(context.org, fullName);
  const license = licenseProblem(value, row, context);
  if (license !== undefined) return { message: license };
  if (row === undefined) return grantsProblem(value, context);
  const former = profileValue(context.org, row);
  const wanted = mergedGrants(former, value);
  if (!isCustomProfile(context.org, row.Id)) {
    const changed = fixed.find((element) => differ(former, wanted, element));
    if (changed !== undefined) return { message: notImplementedProblem(`changing ${changed} of a standard profile`) };
    // What a standard profile grants is the platform's: it is not held against the rules for files.
    return grantsProblem({ ...value, userPermissions: [] }, context);
  }
  return grantsProblem(wanted, context);
};

function licenseProblem(value: MetadataValue, row: StoredRecord | undefined, { org }: RuleContext): string | undefined {
  const given = textOf(value, 'userLicense');
  const license = org.records.find('UserLicense', { Name: given ?? DEFAULT_LICENSE })[0];
  if (license === undefined) return `In field: userLicense - no UserLicense named ${given ?? ''} found`;
  if (row === undefined || given === undefined || license.Id === fieldText(row['UserLicenseId'])) return undefined;
  return 'You can not change the user license of a profile.';
}

/** An entry that grants nothing is the same as none. */
function differ(former: MetadataValue, wanted: MetadataValue, element: string): boolean {
  const granting = (value: MetadataValue): string =>
    JSON.stringify([
      textOf(value, element),
      listOf(value, element).filter((entry) => Object.values(entry).includes(true)),
    ]);
  return granting(former) !== granting(wanted);
}
