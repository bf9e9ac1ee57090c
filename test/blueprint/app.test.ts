import { describe, expect, test } from 'vitest';

import { appProblems, type AppSettings } from '../../src/blueprint/app/app-problems.ts';
import { renderApp } from '../../src/blueprint/app/render-app.ts';
import type { Blueprint } from '../../src/blueprint/blueprint.ts';
import { mdapiLayout, sourceLayout } from '../../src/blueprint/layouts.ts';
import { isUntouched, readMarker } from '../../src/blueprint/marker.ts';
import { setupSettingsSchema } from '../../src/config/setup-settings.ts';
import { metadataValues } from '../../src/salesforce/metadata/metadata-xml.ts';

const context = { apiVersion: '66.0', permissionSet: 'OpenCX_Integration' };

function settings(changes: Partial<AppSettings> = {}): AppSettings {
  return { ...setupSettingsSchema.parse({}).app, contactEmail: 'admin@example.com', ...changes };
}

/** Values of every component, by type. */
function valuesOf(...blueprints: Blueprint[]): Record<string, Record<string, unknown>> {
  const components = blueprints.flatMap((one) => one.components);
  return Object.fromEntries(components.map(({ type, files }) => [type, metadataValues(files[0]?.content ?? '')]));
}

describe('the External Client App', () => {
  test('says what the OpenCX page asks for', async () => {
    const { app, policies } = await renderApp(settings(), context);
    expect(valuesOf(app, policies)).toEqual({
      ExternalClientApplication: {
        contactEmail: 'admin@example.com',
        description: expect.stringMatching(
          /^Lets OpenCX log in to this org\. \[opencx-sf template=external-client-app /,
        ),
        distributionState: 'Local',
        isProtected: 'false',
        label: 'OpenCX',
      },
      ExtlClntAppGlobalOauthSettings: {
        callbackUrl: 'https://api.open.cx/backend/salesforce-case-management/oauth/callback',
        externalClientApplication: 'OpenCX',
        isConsumerSecretOptional: 'false',
        isIntrospectAllTokens: 'false',
        isPkceRequired: 'false',
        isSecretRequiredForRefreshToken: 'true',
        label: 'OpenCX_glbloauth',
      },
      ExtlClntAppOauthSettings: {
        commaSeparatedOauthScopes: 'Full, RefreshToken',
        externalClientApplication: 'OpenCX',
        label: 'OpenCX_oauth',
      },
      ExtlClntAppOauthConfigurablePolicies: {
        externalClientApplication: 'OpenCX',
        ipRelaxationPolicyType: 'Enforce',
        label: 'OpenCX_defaultPolicy',
        permittedUsersPolicyType: 'AllSelfAuthorized',
        refreshTokenPolicyType: 'Infinite',
      },
    });
  });

  test('comes in two packages, the policies after the app', async () => {
    const { app, policies } = await renderApp(settings(), context);
    expect([...mdapiLayout(app).keys()]).toEqual([
      'package.xml',
      'externalClientApps/OpenCX.eca',
      'extlClntAppGlobalOauthSets/OpenCX_glbloauth.ecaGlblOauth',
      'extlClntAppOauthSettings/OpenCX_oauth.ecaOauth',
    ]);
    expect([...mdapiLayout(policies).keys()]).toEqual([
      'package.xml',
      'extlClntAppOauthPolicies/OpenCX_defaultPolicy.ecaOauthPlcy',
    ]);
    expect([...sourceLayout(app).keys()]).toContain('force-app/main/default/externalClientApps/OpenCX.eca-meta.xml');
  });

  test('is the same bytes each time, with marks by which it is known again', async () => {
    const first = await renderApp(settings(), context);
    expect(await renderApp(settings(), context)).toEqual(first);
    for (const { files, marker, role } of [...first.app.components, ...first.policies.components]) {
      expect(readMarker(files[0]?.content ?? '')).toEqual(marker);
      expect(isUntouched(files[0]?.content ?? '')).toBe(true);
      expect(marker.template).toBe(role);
    }
  });

  test('has its elements in alphabetical order, which is that of the WSDL', async () => {
    const { app, policies } = await renderApp(settings({ permittedUsers: 'AdminApprovedPreAuthorized' }), context);
    for (const values of Object.values(valuesOf(app, policies))) {
      expect(Object.keys(values)).toEqual(Object.keys(values).sort());
    }
  });

  test('has a description that the org can hold', async () => {
    const { app } = await renderApp(settings(), context);
    expect(String(valuesOf(app)['ExternalClientApplication']?.['description']).length).toBeLessThanOrEqual(255);
  });

  test('does as the settings say', async () => {
    const wishes = settings({ name: 'Acme', pkceRequired: true, permittedUsers: 'AdminApprovedPreAuthorized' });
    const { app, policies } = await renderApp(wishes, { ...context, names: { policies: 'Acme_policy' } });
    expect(valuesOf(app, policies)).toMatchObject({
      ExtlClntAppGlobalOauthSettings: { isPkceRequired: 'true', label: 'Acme_glbloauth' },
      ExtlClntAppOauthConfigurablePolicies: {
        commaSeparatedPermissionSet: 'OpenCX_Integration',
        externalClientApplication: 'Acme',
        label: 'Acme_policy',
        permittedUsersPolicyType: 'AdminApprovedPreAuthorized',
      },
    });
    expect(policies.components[0]?.fullName).toBe('Acme_policy');
  });

  test('holds texts as they are, whatever is in them', async () => {
    const label = `<A> & "B" 'C' {{name}}`;
    const callbackUrl = `https://example.com/?a=1&b='2'`;
    const { app } = await renderApp(settings({ label, callbackUrl }), context);
    expect(valuesOf(app)).toMatchObject({
      ExternalClientApplication: { label },
      ExtlClntAppGlobalOauthSettings: { callbackUrl },
    });
  });
});

describe('what cannot be rendered', () => {
  test.each([
    [{ name: '' }, 'setup.app.name', 'must begin with a letter'],
    [{ name: '1st' }, 'setup.app.name', 'must begin with a letter'],
    [{ name: 'Open__CX' }, 'setup.app.name', 'single underscores'],
    [{ name: 'OpenCX_' }, 'setup.app.name', 'none at its end'],
    [{ name: '../x' }, 'setup.app.name', 'only letters'],
    [{ name: 'x'.repeat(65) }, 'setup.app.name', 'is longer than 64 characters'],
    [{ label: ' ' }, 'setup.app.label', 'is blank'],
    [{ label: 'a\nb' }, 'setup.app.label', 'holds control characters'],
    [{ callbackUrl: 'http://example.com/' }, 'setup.app.callbackUrl', 'must begin with https://'],
    [{ callbackUrl: 'https://example.com/#a' }, 'setup.app.callbackUrl', 'carries a fragment'],
    [{ contactEmail: 'nobody' }, 'setup.app.contactEmail', 'is not an e-mail address'],
  ])('%j is named as %s', (changes, setting, problem) => {
    const problems = appProblems(settings(changes));
    expect(problems).toMatchObject([{ setting, problem: expect.stringContaining(problem) }]);
    expect(problems[0]?.remedy).toMatch(/^[A-Z].*\.$/);
  });

  test('is refused all at once, and what Apex reserves is not', async () => {
    await expect(renderApp(settings({ name: '', contactEmail: '' }), context)).rejects.toMatchObject({
      code: 'BLUEPRINT_INVALID',
      message: expect.stringMatching(
        /^The External Client App cannot be rendered: setup\.app\.name .*; setup\.app\.contact/,
      ),
      nextSteps: expect.arrayContaining(['Give a name such as OpenCX.']),
    });
    expect(appProblems(settings({ name: 'Case', callbackUrl: 'http://127.0.0.1:1717/callback' }))).toEqual([]);
  });
});
