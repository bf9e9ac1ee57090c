import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';

import { appFile, appFiles, appMembers, globalFile, oauthFile, policyFile, policyMembers } from './eca-package.ts';
import { emptyManifest, manifest, metadataFile, zipOf } from './package-zip.ts';
import { deployFiles, metadataOrg } from './settings-org.ts';

const stage = metadataOrg();

async function deployed(): Promise<void> {
  const done = await deployFiles(stage.org, appMembers, appFiles());
  expect(done).toMatchObject({ status: 'Succeeded', problems: [] });
}

async function retrieved(types: Record<string, string[]>): Promise<Record<string, string>> {
  const names = Object.entries(types).map(([name, members]) => ({ name, members }));
  const unpackaged = { types: names, version: '68.0' };
  const request = { apiVersion: '68.0', singlePackage: true, unpackaged };
  const { zipFile } = await stage.org.connection.metadata.retrieve(request as never).complete();
  return Object.fromEntries(
    Object.entries(unzipSync(Buffer.from(zipFile, 'base64'))).map(([path, bytes]) => [
      path,
      Buffer.from(bytes).toString(),
    ]),
  );
}

describe('an External Client App', () => {
  it('is made by three files in any order, with policies of its own, and told by SOQL', async () => {
    const reversed = Object.fromEntries(Object.entries(appFiles()).reverse());
    expect(await deployFiles(stage.org, appMembers, reversed)).toMatchObject({ status: 'Succeeded', problems: [] });
    const { records } = await stage.org.connection.query(
      "SELECT Id, DeveloperName, MasterLabel, ContactEmail FROM ExternalClientApplication WHERE DeveloperName = 'OpenCX'",
    );
    expect(records).toMatchObject([
      {
        Id: expect.stringMatching(/^0xI/),
        DeveloperName: 'OpenCX',
        MasterLabel: 'OpenCX',
        ContactEmail: 'admin@example.com',
      },
    ]);
    const types = ['ExtlClntAppConfigurablePolicies', 'ExtlClntAppOauthConfigurablePolicies'];
    const listed = await stage.org.connection.metadata.list(
      types.map((type) => ({ type })),
      '68.0',
    );
    expect(listed.map(({ fullName, fileName }) => [fullName, fileName])).toEqual([
      ['OpenCX_defaultPolicy', 'extlClntAppPolicies/OpenCX_defaultPolicy.ecaPlcy'],
      ['OpenCX_defaultPolicy', 'extlClntAppOauthPolicies/OpenCX_defaultPolicy.ecaOauthPlcy'],
    ]);
    const read = await stage.org.connection.metadata.read(
      'ExtlClntAppOauthConfigurablePolicies' as never,
      'OpenCX_defaultPolicy',
    );
    expect(read).toMatchObject({
      permittedUsersPolicyType: 'AllSelfAuthorized',
      refreshTokenPolicyType: 'SpecificLifetime',
      refreshTokenValidityUnit: 'Days',
    });
  });

  it('comes back from a retrieve with its key and without its secret, and unchanged when deployed again', async () => {
    await deployed();
    const types = Object.fromEntries(Object.keys(appMembers).map((type) => [type, ['*']]));
    const files = await retrieved(types);
    const text = files['extlClntAppGlobalOauthSets/OpenCX_glbloauth.ecaGlblOauth'] ?? '';
    expect(text).toMatch(/<consumerKey>3MVG9[\w.]+<\/consumerKey>/);
    expect(text).not.toContain('consumerSecret');
    expect(files['extlClntAppOauthSettings/OpenCX_oauth.ecaOauth']).toMatch(
      /<oauthLink>00D\w{12}:888\w{12}<\/oauthLink>/,
    );
    expect(files['externalClientApps/OpenCX.eca']).toMatch(/<orgScopedExternalApp>00D\w{15}:OpenCX</);
    const { 'package.xml': _manifest, ...components } = files;
    const again = await deployFiles(stage.org, appMembers, components);
    expect(again).toMatchObject({ status: 'Succeeded', problems: [] });
    expect(again.successes.map(({ changed }) => changed)).toEqual([false, false, false]);
  });

  it('requires PKCE and secrets unless it says otherwise', async () => {
    const defaults = {
      isPkceRequired: undefined,
      isConsumerSecretOptional: undefined,
      isSecretRequiredForRefreshToken: undefined,
    };
    await deployFiles(stage.org, appMembers, appFiles(defaults));
    const read = await stage.org.connection.metadata.read(
      'ExtlClntAppGlobalOauthSettings' as never,
      'OpenCX_glbloauth',
    );
    expect(read).toMatchObject({
      isPkceRequired: 'true',
      isConsumerSecretOptional: 'false',
      isSecretRequiredForRefreshToken: 'true',
    });
  });

  it.each([
    [
      'an app that is not there',
      oauthFile({ externalClientApplication: 'Other' }),
      'In field: externalClientApplication - no ExternalClientApplication named Other found',
    ],
    [
      'a scope that is none',
      oauthFile({ commaSeparatedOauthScopes: 'Full, McpApi' }),
      "There's a problem with your scope(s): McpApi",
    ],
    [
      'an oauthLink that is not its own',
      oauthFile({ oauthLink: '00D000000000001:888000000000001' }),
      'In field: oauthLink',
    ],
    [
      'a callback that is not safe',
      globalFile({ callbackUrl: 'http://example.com/callback' }),
      'Invalid Callback URL: http://example.com/callback',
    ],
    [
      'a certificate that is none',
      globalFile({ certificate: 'x' }),
      'certificate is neither a certificate nor a public key',
    ],
    [
      'a key of its own choice',
      globalFile({ consumerKey: 'mine' }),
      'LOCAL_ORG_NOT_IMPLEMENTED: The local org does not implement choosing the consumerKey',
    ],
    ['another flow', globalFile({ isDeviceFlowEnabled: true }), 'does not implement the element isDeviceFlowEnabled'],
    ['nobody to write to', appFile({ contactEmail: undefined }), 'Required field is missing: contactEmail'],
    [
      'a package of its own',
      appFile({ distributionState: 'Packaged' }),
      'does not implement apps with distributionState Packaged',
    ],
  ])('is refused with %s', async (_what, changed, problem) => {
    const done = await deployFiles(stage.org, appMembers, { ...appFiles(), ...changed });
    expect(done.status).toBe('Failed');
    expect(done.problems.join('\n')).toContain(problem);
    expect(stage.org.state.components.list('ExternalClientApplication')).toEqual([]);
  });

  it('has no global OAuth settings without the others', async () => {
    const { ExtlClntAppOauthSettings: _other, ...members } = appMembers;
    const done = await deployFiles(stage.org, members, { ...appFile(), ...globalFile() });
    expect(done.problems).toEqual([
      "ExtlClntAppGlobalOauthSettings OpenCX_glbloauth: The external client app configured in your global OAuth Settings doesn't have a valid OAuth settings configuration.",
    ]);
  });

  it('has one OAuth settings, whatever their name', async () => {
    await deployed();
    const text = Object.values(oauthFile())[0] ?? '';
    const twin = { 'extlClntAppOauthSettings/Second.ecaOauth': text };
    const done = await deployFiles(stage.org, { ExtlClntAppOauthSettings: ['Second'] }, twin);
    expect(done.problems).toEqual([
      'ExtlClntAppOauthSettings Second: ExternalClientApplicationId duplicates value on OpenCX_oauth',
    ]);
  });

  it('is created and deleted by CRUD calls, too', async () => {
    const { metadata } = stage.org.connection;
    const app = { fullName: 'Made', label: 'Made', contactEmail: 'admin@example.com', distributionState: 'Local' };
    expect(await metadata.create('ExternalClientApplication' as never, app as never)).toMatchObject({ success: true });
    const settings = { fullName: 'Made_oauth', externalClientApplication: 'Nowhere', commaSeparatedOauthScopes: 'Api' };
    expect(await metadata.create('ExtlClntAppOauthSettings' as never, settings as never)).toMatchObject({
      success: false,
      errors: [{ statusCode: 'INVALID_CROSS_REFERENCE_KEY' }],
    });
    expect(await metadata.delete('ExternalClientApplication', 'Made')).toMatchObject({ success: true });
    expect(stage.org.state.records.all('ExternalClientApplication')).toEqual([]);
  });

  it('goes with all its parts by destructive changes', async () => {
    await deployed();
    const zip = zipOf({
      'package.xml': emptyManifest,
      'destructiveChanges.xml': manifest({ ExternalClientApplication: ['OpenCX'] }),
    });
    const { status } = await stage.org.connection.metadata.deploy(zip, { singlePackage: true }).complete(true);
    expect(status).toBe('Succeeded');
    for (const type of [...Object.keys(appMembers), ...Object.keys(policyMembers), 'ExtlClntAppConfigurablePolicies']) {
      expect(stage.org.state.components.list(type)).toEqual([]);
    }
  });
});

describe('the policies of an app', () => {
  it('are deployed after the app, not with it', async () => {
    const both = await deployFiles(stage.org, { ...appMembers, ...policyMembers }, { ...appFiles(), ...policyFile() });
    expect(both.problems).toEqual([
      'ExtlClntAppOauthConfigurablePolicies OpenCX_defaultPolicy: In field: externalClientApplication - no ExternalClientApplication named OpenCX found',
    ]);
    await deployed();
    expect(await deployFiles(stage.org, policyMembers, policyFile())).toMatchObject({ status: 'Succeeded' });
  });

  it.each([
    [
      'another name',
      policyFile({}, 'OpenCX_policy'),
      'ExtlClntAppOauthSettingsId duplicates value on OpenCX_defaultPolicy',
    ],
    [
      'ids of permission sets',
      policyFile({ commaSeparatedPermissionSet: '0PS000000000001AAA' }),
      "We couldn't find permission sets called 0PS000000000001AAA",
    ],
    [
      'profiles that are not there',
      policyFile({ commaSeparatedProfile: 'Admin, Nobody' }),
      "We couldn't find profiles called Nobody",
    ],
    ['a user that is not there', policyFile({ clientCredentialsFlowUser: 'x@y.test' }), 'no User named x@y.test found'],
    [
      'half a lifetime',
      policyFile({ refreshTokenPolicyType: 'SpecificLifetime', refreshTokenValidityPeriod: 30 }),
      'Required field is missing: refreshTokenValidityUnit',
    ],
    [
      'a wrong word',
      policyFile({ permittedUsersPolicyType: 'AdminApproved' }),
      "'AdminApproved' is not a valid value for the enum 'PermittedUsersPolicyType'",
    ],
    ['multi-factor logins', policyFile({ requiredSessionLevel: 'HIGH_ASSURANCE' }), 'LOCAL_ORG_NOT_IMPLEMENTED'],
  ])('are refused with %s', async (_what, files, problem) => {
    await deployed();
    const members = {
      ExtlClntAppOauthConfigurablePolicies: Object.keys(files).map((path) => /(\w+)\.eca/.exec(path)?.[1] ?? ''),
    };
    const done = await deployFiles(stage.org, members, files);
    expect(done.problems.join('\n')).toContain(problem);
  });
});

it('a connected app cannot be made', async () => {
  const text = metadataFile('ConnectedApp', ['<contactEmail>admin@example.com</contactEmail>', '<label>Old</label>']);
  const done = await deployFiles(stage.org, { ConnectedApp: ['Old'] }, { 'connectedApps/Old.connectedApp': text });
  expect(done.problems[0]).toContain("ConnectedApp Old: You can't create a connected app.");
});
