import { metadataFile } from './package-zip.ts';
import type { PackageFiles } from './package-zip.ts';

export const CALLBACK = 'https://api.example.com/oauth/callback';

const element = (name: string, text: unknown): string => `<${name}>${String(text)}</${name}>`;

/** Lines of a metadata file, one for each field that is not undefined. */
function lines(fields: Record<string, unknown>): string[] {
  return Object.entries(fields)
    .filter(([, text]) => text !== undefined)
    .map(([name, text]) => element(name, text));
}

/** What a package says it holds. */
export const appMembers = {
  ExternalClientApplication: ['OpenCX'],
  ExtlClntAppOauthSettings: ['OpenCX_oauth'],
  ExtlClntAppGlobalOauthSettings: ['OpenCX_glbloauth'],
};

export function appFile(changes: object = {}): PackageFiles {
  const fields = { contactEmail: 'admin@example.com', distributionState: 'Local', label: 'OpenCX', ...changes };
  return { 'externalClientApps/OpenCX.eca': metadataFile('ExternalClientApplication', lines(fields)) };
}

export function oauthFile(changes: object = {}): PackageFiles {
  const fields = {
    commaSeparatedOauthScopes: 'Full, RefreshToken',
    externalClientApplication: 'OpenCX',
    label: 'OpenCX_oauth',
    ...changes,
  };
  return { 'extlClntAppOauthSettings/OpenCX_oauth.ecaOauth': metadataFile('ExtlClntAppOauthSettings', lines(fields)) };
}

export function globalFile(changes: object = {}): PackageFiles {
  const fields = {
    callbackUrl: CALLBACK,
    externalClientApplication: 'OpenCX',
    isConsumerSecretOptional: false,
    isIntrospectAllTokens: false,
    isPkceRequired: false,
    isSecretRequiredForRefreshToken: true,
    label: 'OpenCX_glbloauth',
    shouldRotateConsumerKey: false,
    shouldRotateConsumerSecret: false,
    ...changes,
  };
  const text = metadataFile('ExtlClntAppGlobalOauthSettings', lines(fields));
  return { 'extlClntAppGlobalOauthSets/OpenCX_glbloauth.ecaGlblOauth': text };
}

/** The three files an app is made of. */
export function appFiles(globalChanges: object = {}, oauthChanges: object = {}): PackageFiles {
  return { ...appFile(), ...oauthFile(oauthChanges), ...globalFile(globalChanges) };
}

export const policyMembers = { ExtlClntAppOauthConfigurablePolicies: ['OpenCX_defaultPolicy'] };

export function policyFile(changes: object = {}, name = 'OpenCX_defaultPolicy'): PackageFiles {
  const fields = {
    externalClientApplication: 'OpenCX',
    ipRelaxationPolicyType: 'Enforce',
    label: name,
    permittedUsersPolicyType: 'AllSelfAuthorized',
    refreshTokenPolicyType: 'Infinite',
    ...changes,
  };
  const text = metadataFile('ExtlClntAppOauthConfigurablePolicies', lines(fields));
  return { [`extlClntAppOauthPolicies/${name}.ecaOauthPlcy`]: text };
}
