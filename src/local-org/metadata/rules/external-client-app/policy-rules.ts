import { permissionSetNamed, profileNamed } from '../../../oauth/apps/approved-users.ts';
import { listedScopes } from '../../../oauth/apps/scopes.ts';
import { validityMs } from '../../../oauth/grants/refresh-policy.ts';
import { findUser } from '../../../records/find-user.ts';
import type { MetadataProblem } from '../../elements/metadata-problem.ts';
import { flagOf, textOf } from '../../elements/metadata-value.ts';
import type { MetadataValue } from '../../elements/metadata-value.ts';
import { partOf } from '../../external-client-apps/app-parts.ts';
import { APP, APP_POLICIES, appOf, OAUTH_POLICIES, OAUTH_SETTINGS } from '../../external-client-apps/app-types.ts';
import { notImplementedProblem } from '../not-implemented.ts';
import type { CandidateComponent, ComponentRule, RuleContext } from '../rule-context.ts';
import { missing, noSuchApp, satelliteProblem, strangerProblem } from './app-rules.ts';

const knownAppPolicies = new Set([
  'externalClientApplication',
  'isEnabled',
  'isOauthPluginEnabled',
  'label',
  'startPage',
]);

/** Plugins that are on in an app without having settings here: the flags that stand for them say nothing. */
const pluginFlags = [
  'isAttestPluginEnabled',
  'isCanvasPluginEnabled',
  'isMobilePluginEnabled',
  'isNotificationPluginEnabled',
  'isPushPluginEnabled',
  'isSamlPluginEnabled',
];

/** Whether an app is on. */
export const checkAppPolicies: ComponentRule = (component, context) => {
  const { value } = component;
  const known = new Set([...knownAppPolicies, ...pluginFlags]);
  const problem =
    policyProblem(component, context, 'ExternalClientApplicationId') ?? strangerProblem(APP_POLICIES, value, known);
  if (problem !== undefined) return problem;
  const startPage = textOf(value, 'startPage') ?? 'None';
  return startPage === 'None' ? undefined : { message: notImplementedProblem(`the startPage ${startPage} of an app`) };
};

const knownOauthPolicies = new Set([
  'clientCredentialsFlowUser',
  'commaSeparatedPermissionSet',
  'commaSeparatedProfile',
  'externalClientApplication',
  'ipRelaxationPolicyType',
  'isClientCredentialsFlowEnabled',
  'label',
  'permittedUsersPolicyType',
  'refreshTokenPolicyType',
  'refreshTokenValidityPeriod',
  'refreshTokenValidityUnit',
  'requiredSessionLevel',
  'sessionTimeoutInMinutes',
]);
const ipPolicies = new Set(['Enforce', 'Bypass', 'Bypass_2factor', 'Enforce_RelaxRefresh']);

/** Who may use an app, and for how long. */
export const checkOauthPolicies: ComponentRule = (component, context) => {
  const { value } = component;
  const problem =
    policyProblem(component, context, 'ExtlClntAppOauthSettingsId') ??
    strangerProblem(OAUTH_POLICIES, value, knownOauthPolicies);
  if (problem !== undefined) return problem;
  if (partOf(context.org, appOf(value), OAUTH_SETTINGS) === undefined) return noSuchApp(appOf(value));
  if (textOf(value, 'requiredSessionLevel') === 'HIGH_ASSURANCE') {
    return { message: notImplementedProblem('the requiredSessionLevel HIGH_ASSURANCE') };
  }
  const ip = textOf(value, 'ipRelaxationPolicyType');
  if (ip !== undefined && !ipPolicies.has(ip)) {
    return { message: `ipRelaxationPolicyType: bad value for restricted picklist field: ${ip}` };
  }
  return refreshProblem(value) ?? approvedProblem(context, value) ?? flowUserProblem(context, value);
};

/** Unlike settings, policies hang on an app that is in the org already, not on one that comes along. */
function policyProblem(
  component: CandidateComponent,
  context: RuleContext,
  ownerField: string,
): MetadataProblem | undefined {
  const appName = appOf(component.value);
  if (context.org.components.get(APP, appName) === undefined) return noSuchApp(appName);
  return satelliteProblem(component, context, ownerField);
}

function refreshProblem(value: MetadataValue): MetadataProblem | undefined {
  const type = textOf(value, 'refreshTokenPolicyType');
  if (type !== 'SpecificLifetime' && type !== 'SpecificInactivity') return undefined;
  const period = value['refreshTokenValidityPeriod'];
  const unit = textOf(value, 'refreshTokenValidityUnit');
  if (typeof period !== 'number' || period <= 0) return missing('refreshTokenValidityPeriod');
  if (unit === undefined) return missing('refreshTokenValidityUnit');
  if (validityMs(period, unit) !== undefined) return undefined;
  return { message: `refreshTokenValidityUnit: bad value for restricted picklist field: ${unit}` };
}

/** Permission sets and profiles are named; ids are not taken, whatever the guide says. */
function approvedProblem(context: RuleContext, value: MetadataValue): MetadataProblem | undefined {
  const absent = (element: string, isThere: (name: string) => boolean): string[] =>
    listedScopes(textOf(value, element) ?? '').filter((name) => !isThere(name));
  const sets = absent(
    'commaSeparatedPermissionSet',
    (name) => context.value('PermissionSet', name) !== undefined || permissionSetNamed(context.org, name) !== undefined,
  );
  const profiles = absent('commaSeparatedProfile', (name) => profileNamed(context.org, name) !== undefined);
  const refused = (what: string, names: readonly string[]): MetadataProblem => ({
    statusCode: 'INVALID_FIELD',
    message: `We couldn't find ${what} called ${names.join(', ')}`,
  });
  if (sets.length > 0) return refused('permission sets', sets);
  return profiles.length > 0 ? refused('profiles', profiles) : undefined;
}

function flowUserProblem({ org }: RuleContext, value: MetadataValue): MetadataProblem | undefined {
  const user = textOf(value, 'clientCredentialsFlowUser');
  if (user === undefined) {
    return flagOf(value, 'isClientCredentialsFlowEnabled', false) ? missing('clientCredentialsFlowUser') : undefined;
  }
  if (findUser(org, user)?.['IsActive'] === true) return undefined;
  const message = `In field: clientCredentialsFlowUser - no User named ${user} found`;
  return { statusCode: 'INVALID_CROSS_REFERENCE_KEY', message };
}
