import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { renderApp } from '../../../src/blueprint/app/render-app.ts';
import { renderBlueprint } from '../../../src/blueprint/blueprint.ts';
import { comparable } from '../../../src/provision/app/read-app-component.ts';
import { readSatelliteNames } from '../../../src/provision/app/satellite-names.ts';
import { servedOrg } from '../../e2e/served-org.ts';
import { temporaryFolder } from '../../e2e/cli.ts';
import { testSettings } from '../../blueprint/variants.ts';
import { appSettings, connect, context, deploy, orgWithApp } from './app-org.ts';

describe('the app and its policies', () => {
  test('are deployed one after the other and read back; a second run finds nothing to do', async () => {
    const org = await connect(await servedOrg());
    const { app, policies } = await renderApp(appSettings(), context);
    for (const part of [app, policies]) {
      expect(await deploy(org, part)).toMatchObject({ kind: 'succeeded', readBack: { ok: true, mismatches: [] } });
      expect(await deploy(org, part)).toMatchObject({ kind: 'unchanged' });
    }
  });

  test('admit by permission set where an administrator approves', async () => {
    const org = await connect(await servedOrg());
    const settings = testSettings();
    const fields = await renderBlueprint(settings);
    const set = { ...fields, components: fields.components.filter((one) => !one.type.startsWith('Apex')) };
    await deploy(org, set);
    const { app, policies } = await renderApp(appSettings({ permittedUsers: 'AdminApprovedPreAuthorized' }), {
      ...context,
      permissionSet: settings.names.permissionSet,
    });
    await deploy(org, app);
    expect(await deploy(org, policies)).toMatchObject({ kind: 'succeeded', readBack: { ok: true } });
    expect(await deploy(org, policies)).toMatchObject({ kind: 'unchanged' });
    expect(
      await org.readMetadata('ExtlClntAppOauthConfigurablePolicies', 'OpenCX_defaultPolicy', 'test'),
    ).toMatchObject({
      permittedUsersPolicyType: 'AdminApprovedPreAuthorized',
      commaSeparatedPermissionSet: settings.names.permissionSet,
      refreshTokenPolicyType: 'Infinite',
      ipRelaxationPolicyType: 'Enforce',
    });
  });

  test('are put right where somebody changed them, and a copy of that is kept', async () => {
    const { org } = await orgWithApp();
    const name = 'OpenCX_glbloauth';
    const other = {
      fullName: name,
      callbackUrl: 'https://other.example.com/callback',
      externalClientApplication: 'OpenCX',
    };
    await org.saveMetadata('update', 'ExtlClntAppGlobalOauthSettings', other, 'test');
    const stateFolder = await temporaryFolder();
    const { app } = await renderApp(appSettings(), context);
    const plan = await deploy(org, app, { mode: 'dry-run' });
    expect(plan).toMatchObject({ kind: 'planned' });
    const pending = plan.kind === 'planned' ? plan.plan.items.filter(({ action }) => action !== 'unchanged') : [];
    expect(pending).toMatchObject([{ action: 'update', differences: ['callbackUrl'], component: { fullName: name } }]);
    expect(await deploy(org, app, { stateFolder })).toMatchObject({ kind: 'succeeded', readBack: { ok: true } });
    const [folder = ''] = await readdir(join(stateFolder, 'snapshots'));
    const file = join(stateFolder, 'snapshots', folder, 'metadata', `ExtlClntAppGlobalOauthSettings.${name}.json`);
    const kept = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    expect(kept).toMatchObject({ callbackUrl: 'https://other.example.com/callback' });
  });

  test('stay unread to a token that SOAP refuses, and are deployed all the same', async () => {
    const { local, org } = await orgWithApp();
    Object.defineProperty(org, 'hasOpaqueToken', { value: () => false });
    const { app } = await renderApp(appSettings(), context);
    const outcome = await deploy(org, app);
    expect(outcome).toMatchObject({ kind: 'succeeded', readBack: { ok: true } });
    const warnings = outcome.kind === 'succeeded' ? outcome.readBack?.warnings : [];
    expect(warnings).toHaveLength(3);
    expect(await readSatelliteNames(org, 'OpenCX')).toEqual({});
    expect((await local.requests()).length).toBeGreaterThan(0);
  });

  test('leave the triggers of OpenCX alone, whose blueprint is another one', async () => {
    const org = await connect(await servedOrg());
    await deploy(org, await renderBlueprint(testSettings()));
    const { app } = await renderApp(appSettings(), context);
    expect(await deploy(org, app, { yes: true })).toMatchObject({ kind: 'succeeded', readBack: { ok: true } });
    const inactive = await org.toolingQuery("SELECT Name FROM ApexTrigger WHERE Status = 'Inactive'", 'test');
    expect(inactive).toEqual([]);
  });
});

describe('an app that was made by hand', () => {
  test('is met under the names its settings have', async () => {
    const { org } = await orgWithApp({ name: 'OpenCX_Two' });
    const made = await renderApp(appSettings(), {
      ...context,
      names: { oauth: 'OpenCXOauth', globalOauth: 'OpenCX_1' },
    });
    await deploy(org, made.app);
    const { app: usual } = await renderApp(appSettings(), context);
    const refused = await deploy(org, usual);
    expect(refused).toMatchObject({ kind: 'failed' });
    expect(refused.kind === 'failed' ? refused.reasons.join() : '').toContain('duplicates value on OpenCXOauth');

    const names = await readSatelliteNames(org, 'OpenCX');
    expect(names).toEqual({ oauth: 'OpenCXOauth', globalOauth: 'OpenCX_1', policies: 'OpenCX_defaultPolicy' });
    const { app } = await renderApp(appSettings(), { ...context, names });
    expect(await deploy(org, app)).toMatchObject({ kind: 'unchanged' });
    expect(await readSatelliteNames(org, 'Nothing')).toEqual({});
  });
});

test('what is kept and compared of an app is without its secret, and lists have no order', () => {
  const values = {
    consumerKey: 'k',
    consumerSecret: 's',
    commaSeparatedOauthScopes: 'RefreshToken,Full',
    label: 'a, b',
  };
  expect(comparable(values, { commaSeparatedOauthScopes: 'Full, RefreshToken', label: 'b, a' })).toEqual({
    consumerKey: 'k',
    commaSeparatedOauthScopes: 'Full, RefreshToken',
    label: 'a, b',
  });
  const other = { commaSeparatedOauthScopes: 'Full' };
  expect(comparable(other, { commaSeparatedOauthScopes: 'Full, RefreshToken' })).toEqual(other);
});
