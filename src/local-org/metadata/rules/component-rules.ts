import { checkCustomField } from './custom-field.ts';
import { checkCustomObject } from './custom-object.ts';
import { checkExternalCredential } from './external-credential.ts';
import { checkNamedCredential } from './named-credential.ts';
import { checkPermissionSet } from './permission-set.ts';
import { checkRemoteSiteSetting } from './remote-site-setting.ts';
import type { ComponentRule } from './rule-context.ts';

/**
 * Rules by type, in the order in which the types of one deployment are looked at: a type may refer to those above it.
 * Apex stands between: it is compiled as a whole once the fields are known.
 */
export const declarativeRules: Readonly<Record<string, ComponentRule>> = {
  CustomObject: checkCustomObject,
  CustomField: checkCustomField,
  RemoteSiteSetting: checkRemoteSiteSetting,
  ExternalCredential: checkExternalCredential,
  NamedCredential: checkNamedCredential,
};

/** Types that may refer to Apex, and are looked at after it. */
export const rulesAfterApex: Readonly<Record<string, ComponentRule>> = {
  PermissionSet: checkPermissionSet,
};
