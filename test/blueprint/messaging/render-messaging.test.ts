import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import type { Blueprint } from '../../../src/blueprint/blueprint.ts';
import { mdapiLayout, sourceLayout } from '../../../src/blueprint/layouts.ts';
import { isUntouched, readMarker } from '../../../src/blueprint/marker.ts';
import { renderMessaging } from '../../../src/blueprint/messaging/render-messaging.ts';
import { messagingSettingsSchema, type MessagingSettings } from '../../../src/config/messaging-settings.ts';
import { metadataValues } from '../../../src/salesforce/metadata/metadata-xml.ts';
import { componentNames, convertedBack, resolvedPackage, resolvedSource, writeLayout } from '../salesforce-library.ts';
import { testSettings } from '../variants.ts';

const key = { name: 'opencx_1', kid: 'opencx-1', jsonWebKey: '{"kid":"opencx-1","kty":"RSA"}' };

async function rendered(changes: Partial<MessagingSettings> = {}, beside: readonly string[] = []): Promise<Blueprint> {
  const settings = { ...messagingSettingsSchema.parse({}), issuer: 'opencx.example.com', ...changes };
  const { keys, routing, channel, deployment } = await renderMessaging(settings, [key], testSettings(), beside);
  const parts = [keys, routing, channel, deployment];
  return { apiVersion: keys.apiVersion, components: parts.flatMap(({ components }) => components) };
}

function valuesOf({ components }: Blueprint, type: string): Record<string, unknown> {
  return metadataValues(components.find((one) => one.type === type)?.files[0]?.content ?? '');
}

describe('Live Messaging, rendered', () => {
  test('is as the golden files have it', async () => {
    const layout = mdapiLayout(await rendered({ queueMembers: ['rita@example.com', 'rob@example.com'] }));
    for (const [path, content] of layout) await expect(content).toMatchFileSnapshot(`golden/${path}`);
  });

  test('is understood by Salesforce’s own library: every component, none unknown', async () => {
    const blueprint = await rendered();
    const source = await writeLayout(sourceLayout(blueprint));
    expect(resolvedSource(join(source, 'force-app'))).toEqual(componentNames(blueprint));
    expect(await convertedBack(source)).toEqual(componentNames(blueprint));
    expect(await resolvedPackage(await writeLayout(mdapiLayout(blueprint)))).toEqual(componentNames(blueprint));
  }, 60_000);

  test('carries a marker wherever Salesforce keeps a description', async () => {
    const { components } = await rendered();
    expect(components.every(({ files }) => isUntouched(files[0]?.content ?? ''))).toBe(true);
    const unmarked = components.filter(
      (one) => readMarker(JSON.stringify(metadataValues(one.files[0]?.content ?? ''))) === undefined,
    );
    expect(unmarked.map(({ type }) => type)).toEqual(['QueueRoutingConfig', 'EmbeddedServiceConfig']);
    const described = components.map(
      (one) => /<description>(.*)<\/description>/.exec(one.files[0]?.content ?? '')?.[1] ?? '',
    );
    // The shortest of the descriptions that Salesforce has takes 255 characters.
    for (const text of described) expect(text.length).toBeLessThanOrEqual(255);
  });

  test('names key, parameter and variable alike, whatever they are called', async () => {
    const parameters = { ...messagingSettingsSchema.parse({}).parameters, sessionId: 'Session_Key' };
    const blueprint = await rendered({ parameters, sessionIdField: 'Session_Key__c' });
    expect(valuesOf(blueprint, 'MessagingChannel')).toMatchObject({
      customParameters: expect.arrayContaining([
        expect.objectContaining({
          name: 'Session_Key',
          externalParameterName: 'Session_Key',
          actionParameterMappings: { actionParameterName: 'Session_Key' },
        }),
      ]),
    });
    expect(valuesOf(blueprint, 'Flow')).toMatchObject({
      variables: expect.arrayContaining([expect.objectContaining({ name: 'Session_Key', isInput: 'true' })]),
      recordUpdates: {
        inputAssignments: { field: 'Session_Key__c', value: { elementReference: 'Session_Key' } },
      },
    });
  });

  test('keeps keys in the keyset that the org has beside ours, and has none without an issuer', async () => {
    expect(valuesOf(await rendered({}, ['older']), 'PublicKeyCertificateSet')).toMatchObject({
      publicKeyCertificateSetKeys: [{ publicKeyCertificate: 'opencx_1' }, { publicKeyCertificate: 'older' }],
    });
    const { components } = await rendered({ issuer: undefined });
    expect(components.map(({ type }) => type)).not.toContain('PublicKeyCertificateSet');
  });

  test('lets no text out of its element', async () => {
    const issuer = `</jwtIssuer><type>JWKS_URL</type> & "x" 'y' 支援`;
    expect(valuesOf(await rendered({ issuer }), 'PublicKeyCertificateSet')).toMatchObject({
      jwtIssuer: issuer,
      type: 'JWKS',
    });
  });

  test.each<[string, Partial<MessagingSettings>, string]>([
    ['a field that is none', { sessionIdField: 'Status' }, 'messaging.sessionIdField does not end with __c'],
    ['blanks around the issuer', { issuer: ' x' }, 'messaging.issuer has blanks around it'],
    ['a queue member that is no Username', { queueMembers: ['rita'] }, 'messaging.queueMembers rita is not a Username'],
    ['a name that is too long', { channel: 'C'.repeat(71) }, 'messaging.channel is longer than 70 characters'],
    [
      'two parameters of one name',
      { parameters: { ...messagingSettingsSchema.parse({}).parameters, origin: 'priority' } },
      'messaging.parameters.priority is the name of another parameter too',
    ],
    [
      'a name of the flow itself',
      { parameters: { ...messagingSettingsSchema.parse({}).parameters, origin: 'RecordId' } },
      'messaging.parameters.origin is a name that the flow itself uses',
    ],
  ])('refuses %s', async (_, changes, message) => {
    await expect(rendered(changes)).rejects.toThrow(message);
  });
});
