import type { MetadataProblem } from '../../elements/metadata-problem.ts';
import { flagOf, listOf, textOf } from '../../elements/metadata-value.ts';
import type { MetadataValue } from '../../elements/metadata-value.ts';

/**
 * User permissions that take others for granted, where a public source says so (refusals of deployments to Developer
 * Edition orgs). Salesforce knows more of them than these.
 */
const DEPENDENCIES: Readonly<Record<string, readonly string[]>> = {
  ManageUsers: [
    'AssignPermissionSets',
    'DelegatedTwoFactor',
    'FreezeUsers',
    'ManageInternalUsers',
    'ManageIpAddresses',
    'ManageLoginAccessPolicies',
    'ManagePasswordPolicies',
    'ManageProfilesPermissionsets',
    'ManageRoles',
    'ManageSharing',
    'MonitorLoginHistory',
    'ViewAllUsers',
  ],
};

/** Salesforce's sentence about user permissions that lack what they depend on. */
export function dependencyProblem(value: MetadataValue): MetadataProblem | undefined {
  const granted = new Set(
    listOf(value, 'userPermissions')
      .filter((entry) => flagOf(entry, 'enabled', false))
      .map((entry) => textOf(entry, 'name') ?? ''),
  );
  for (const [name, needed] of Object.entries(DEPENDENCIES)) {
    const missing = granted.has(name) ? needed.filter((other) => !granted.has(other)) : [];
    if (missing.length > 0) return { message: `Permission ${name} depends on permission(s): ${missing.join(', ')}` };
  }
  return undefined;
}
