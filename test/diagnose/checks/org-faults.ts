import { systemClock } from '../../../src/clock.ts';
import { answerLimits, answerQuery, type Fault, type Stage } from './fault-table.ts';
import { connectOpenCx, integrationUser } from './healthy-org.ts';
import { deployFiles, destroy, idOf, updateMetadata } from './plant.ts';

const head = '<?xml version="1.0" encoding="UTF-8"?>';
const ns = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

/** Takes a permission away from the profile of the integration user. */
async function without({ org }: Stage, permission: string): Promise<void> {
  const body = `${head}<Profile ${ns}><custom>true</custom><userLicense>Salesforce</userLicense><userPermissions><enabled>false</enabled><name>${permission}</name></userPermissions></Profile>`;
  await deployFiles(org, { 'profiles/OpenCX Integration.profile': body }, 'Profile', 'OpenCX Integration');
}

async function changeApp({ org }: Stage, type: string, name: string, values: object): Promise<void> {
  await updateMetadata(org, type, { fullName: name, externalClientApplication: 'OpenCX', label: name, ...values });
}

const callback = 'https://api.open.cx/backend/salesforce-case-management/oauth/callback';
/** What the global settings have beside what a fault changes: an update may not leave them out. */
const globalOauth = {
  callbackUrl: callback,
  isConsumerSecretOptional: false,
  isPkceRequired: false,
  isSecretRequiredForRefreshToken: true,
};

export const orgFaults: readonly Fault[] = [
  {
    check: 'org.identity',
    what: 'an edition without Apex',
    verdict: 'fail',
    says: /Personal Edition has neither Apex nor External Client Apps/,
    plant: async () => ({
      opened: (org) => {
        Object.assign(org.identity, { edition: 'Personal Edition' });
      },
    }),
  },
  {
    check: 'org.api-version',
    what: 'an org of long ago',
    verdict: 'fail',
    says: /up to 58\.0; 59\.0 is needed/,
    plant: async () => ({
      opened: (org) => {
        Object.assign(org, { maxApiVersion: '58.0' });
      },
    }),
  },
  {
    check: 'org.api-access',
    what: 'all API requests of the day used up',
    verdict: 'fail',
    says: /No API request is left/,
    plant: ({ control }) => answerLimits(control, { DailyApiRequests: { Max: 15_000, Remaining: 0 } }),
  },
  {
    check: 'org.permissions',
    what: 'a user who may look and not mend',
    verdict: 'warn',
    says: /may look, but not mend: .*AuthorApex/,
    plant: ({ control }) =>
      answerQuery(control, 'FROM UserPermissionAccess', [
        { PermissionsApiEnabled: true, PermissionsViewSetup: true, PermissionsEmailSingle: true },
      ]),
  },
  {
    check: 'org.permissions',
    what: 'a user who may not see Setup',
    verdict: 'fail',
    says: /lacks View Setup and Configuration/,
    plant: ({ control }) => answerQuery(control, 'FROM UserPermissionAccess', [{ PermissionsApiEnabled: true }]),
  },
  {
    check: 'org.clock',
    what: 'this machine is ten minutes ahead',
    verdict: 'fail',
    says: /\d{3} seconds ahead of the org/,
    plant: async () => ({ clock: { ...systemClock, now: () => Date.now() + 600_000 } }),
  },
  {
    check: 'org.api-access-control',
    what: 'only approved apps may use the API',
    verdict: 'warn',
    says: /Only apps that an administrator approved/,
    plant: ({ control }) =>
      answerQuery(control, 'FROM ConnectedAppSettings', [{ Metadata: { enableAdminApprovedAppsOnly: true } }]),
  },
  {
    check: 'org.integration-user',
    what: 'the user was switched off',
    verdict: 'fail',
    says: /integration@example.com is not active/,
    plant: async ({ org, admin }) => {
      await admin.update('User', await idOf(org, `SELECT Id FROM User WHERE Username = '${integrationUser}'`), {
        IsActive: false,
      });
    },
  },
  {
    check: 'org.integration-license',
    what: 'the profile lost API Enabled',
    verdict: 'fail',
    says: /Neither profile nor permission sets give .* API Enabled/,
    plant: (stage) => without(stage, 'ApiEnabled'),
  },
  {
    check: 'org.connected-as',
    what: 'a person let the app in as well',
    verdict: 'warn',
    says: /, too\./,
    plant: ({ org }) => connectOpenCx(org, org.username),
  },
  {
    check: 'org.connected-as',
    what: 'OpenCX is connected as a person, not as its user',
    verdict: 'fail',
    says: /OpenCX is connected as rep@example\.com, not as integration@example\.com/,
    plant: async ({ org, control }) => {
      await connectOpenCx(org, 'rep@example.com');
      const rep = await idOf(org, "SELECT Id FROM User WHERE Username = 'rep@example.com'");
      await answerQuery(control, 'FROM OauthToken', [
        { UserId: rep, CreatedDate: '2026-11-01T00:00:00.000+0000', LastUsedDate: null, UseCount: 0 },
      ]);
    },
  },
  {
    check: 'app.present',
    what: 'the app was deleted',
    verdict: 'fail',
    says: /There is no External Client App OpenCX/,
    plant: ({ org }) => destroy(org, { ExternalClientApplication: ['OpenCX'] }),
  },
  {
    check: 'app.callback-url',
    what: 'a slash at the end of the callback URL',
    verdict: 'fail',
    says: /ends with a slash/,
    plant: (stage) =>
      changeApp(stage, 'ExtlClntAppGlobalOauthSettings', 'OpenCX_glbloauth', {
        ...globalOauth,
        callbackUrl: `${callback}/`,
      }),
  },
  {
    check: 'app.active',
    what: 'the app was made a moment ago',
    verdict: 'fail',
    says: /still activating/,
    plant: async ({ control }) => {
      await control('POST', 'faults', {
        kind: 'status',
        status: 400,
        body: 'error=invalid_client_id&error_description=client%20identifier%20invalid',
        match: { path: '/services/oauth2/authorize' },
      });
    },
  },
  {
    check: 'app.scopes',
    what: 'the app grants api alone',
    verdict: 'fail',
    says: /does not grant Full and RefreshToken/,
    plant: (stage) =>
      changeApp(stage, 'ExtlClntAppOauthSettings', 'OpenCX_oauth', { commaSeparatedOauthScopes: 'Api' }),
  },
  {
    check: 'app.pkce',
    what: 'the app requires PKCE',
    verdict: 'fail',
    says: /The app requires PKCE/,
    plant: (stage) =>
      changeApp(stage, 'ExtlClntAppGlobalOauthSettings', 'OpenCX_glbloauth', { ...globalOauth, isPkceRequired: true }),
  },
  {
    check: 'app.pkce',
    what: 'the whole org requires PKCE',
    verdict: 'fail',
    says: /The whole org requires PKCE/,
    plant: ({ org }) => updateMetadata(org, 'OauthOidcSettings', { fullName: 'OauthOidc', isPkceRequired: true }),
  },
  {
    check: 'app.secrets',
    what: 'no secret for refreshing',
    verdict: 'warn',
    says: /not required for the refresh token flow/,
    plant: (stage) =>
      changeApp(stage, 'ExtlClntAppGlobalOauthSettings', 'OpenCX_glbloauth', {
        ...globalOauth,
        isSecretRequiredForRefreshToken: false,
      }),
  },
  {
    check: 'app.policies',
    what: 'refresh tokens expire at once',
    verdict: 'fail',
    says: /expire at once/,
    plant: (stage) =>
      changeApp(stage, 'ExtlClntAppOauthConfigurablePolicies', 'OpenCX_defaultPolicy', {
        ipRelaxationPolicyType: 'Enforce',
        permittedUsersPolicyType: 'AllSelfAuthorized',
        refreshTokenPolicyType: 'Zero',
      }),
  },
  {
    check: 'app.policies',
    what: 'refresh tokens expire after a week',
    verdict: 'warn',
    says: /Refresh tokens expire \(SpecificLifetime, 7 Days\)/,
    plant: (stage) =>
      changeApp(stage, 'ExtlClntAppOauthConfigurablePolicies', 'OpenCX_defaultPolicy', {
        ipRelaxationPolicyType: 'Enforce',
        permittedUsersPolicyType: 'AllSelfAuthorized',
        refreshTokenPolicyType: 'SpecificLifetime',
        refreshTokenValidityPeriod: 7,
        refreshTokenValidityUnit: 'Days',
      }),
  },
  {
    check: 'fields.case-from',
    what: 'the field is not there',
    verdict: 'fail',
    says: /There is no field Case\.Case_From__c/,
    plant: ({ control }) => answerQuery(control, "FROM CustomField WHERE DeveloperName = 'Case_From'", []),
  },
  {
    check: 'fields.email-sent',
    what: 'the field is not there',
    verdict: 'fail',
    says: /There is no field EmailMessage\.OpenCx_Sent__c/,
    plant: ({ control }) => answerQuery(control, "FROM CustomField WHERE DeveloperName = 'OpenCx_Sent'", []),
  },
  {
    check: 'fields.visible-to-integration-user',
    what: 'the permission set was taken from the integration user',
    verdict: 'fail',
    says: /integration@example\.com does not see Case\.Case_From__c/,
    plant: (stage) => unassign(stage, integrationUser),
  },
  {
    check: 'fields.case-session',
    what: 'the field is not there',
    verdict: 'warn',
    says: /There is no field Case\.OpenCX_Session_Id__c/,
    plant: ({ control }) => answerQuery(control, "FROM CustomField WHERE DeveloperName = 'OpenCX_Session_Id'", []),
  },
  {
    check: 'fields.case-session',
    what: 'the field was made by hand, and is not unique',
    verdict: 'warn',
    says: /OpenCX_Session_Id__c is not unique/,
    plant: ({ control }) =>
      answerQuery(control, "FROM CustomField WHERE DeveloperName = 'OpenCX_Session_Id'", [
        { Id: '00N000000000001AAA', Metadata: { type: 'Text', length: 36, unique: false } },
      ]),
  },
  {
    check: 'fields.case-session',
    what: 'the permission set lets it be read alone',
    verdict: 'warn',
    says: /integration@example\.com may read, but not write, Case\.OpenCX_Session_Id__c/,
    plant: async ({ org, admin }) => {
      const id = await idOf(org, "SELECT Id FROM FieldPermissions WHERE Field = 'Case.OpenCX_Session_Id__c'");
      const change = { PermissionsEdit: false };
      await admin.call('PATCH', `/services/data/v66.0/sobjects/FieldPermissions/${id}`, change);
    },
  },
  {
    check: 'fields.visible-to-reps',
    what: 'the permission set was taken from a rep',
    verdict: 'warn',
    says: /rep@example\.com does not see/,
    plant: (stage) => unassign(stage, 'rep@example.com'),
  },
  {
    check: 'fields.in-use',
    what: 'no handoff came',
    verdict: 'warn',
    says: /No Case with Case_From__c = 'opencx' in 30 days/,
    plant: async ({ org, control }) => {
      const id = await idOf(org, "SELECT Id FROM Case WHERE Case_From__c = 'opencx'");
      await control('PATCH', `records/Case/${id}`, { Case_From__c: null });
    },
  },
];

async function unassign({ org, admin }: Stage, username: string): Promise<void> {
  const id = await idOf(
    org,
    `SELECT Id FROM PermissionSetAssignment WHERE Assignee.Username = '${username}' AND PermissionSet.Name = 'OpenCX_Integration'`,
  );
  await admin.call('DELETE', `/services/data/v66.0/sobjects/PermissionSetAssignment/${id}`);
}
