import { beforeEach, describe, expect, it } from 'vitest';
import { Connection } from 'jsforce';

import { channelFile, openCxParameters } from '../../messaging/messaging-files.ts';
import { deployMessaging, newKey } from '../../messaging/messaging-package.ts';
import { manifest, zipOf } from '../package-zip.ts';
import { metadataOrg } from '../settings-org.ts';

const stage = metadataOrg();
const key = await newKey();
const old = (version: string): Connection =>
  new Connection({ instanceUrl: stage.org.url, accessToken: stage.org.token, version });

/** jsforce's types know fewer metadata types than there are. */
const typeNamed = (name: string): 'Flow' => name as 'Flow';

beforeEach(async () => {
  await deployMessaging(stage.org, { key });
});

describe('the set-up, read back', () => {
  it('says what was deployed', async () => {
    const { metadata } = stage.org.connection;
    expect(await metadata.read(typeNamed('PublicKeyCertificateSet'), 'OpenCX_Keyset')).toMatchObject({
      fullName: 'OpenCX_Keyset',
      jwtIssuer: 'https://opencx.example.com',
      type: 'JWKS',
    });
    expect(await metadata.read(typeNamed('PublicKeyCertificate'), key.jwk.kid.replaceAll('-', '_'))).toMatchObject({
      isActive: 'true',
      jsonWebKey: expect.stringContaining(key.jwk.n) as string,
    });
    expect(await metadata.read(typeNamed('MessagingChannel'), 'OpenCX_Channel')).toMatchObject({
      embeddedConfig: {
        authMode: 'Auth',
        messagingAuthorizations: { publicKeyCertificateSetName: 'OpenCX_Keyset', enabled: 'true' },
      },
      sessionHandlerFlow: 'OpenCX_Messaging_Routing',
      sessionHandlerQueue: 'OpenCX_Fallback',
    });
    expect(await metadata.read(typeNamed('EmbeddedServiceConfig'), 'OpenCX')).toMatchObject({
      deploymentType: 'API',
      embeddedServiceMessagingChannel: { messagingChannel: 'OpenCX_Channel', isEnabled: 'true' },
    });
  });

  it('is listed with its files', async () => {
    const types = ['PublicKeyCertificateSet', 'MessagingChannel', 'EmbeddedServiceConfig'];
    const listed = await stage.org.connection.metadata.list(types.map((type) => ({ type })));
    expect(listed.map(({ fileName }) => fileName).sort()).toEqual([
      'EmbeddedServiceConfig/OpenCX.EmbeddedServiceConfig',
      'PublicKeyCertificateSet/OpenCX_Keyset.PublicKeyCertificateSet',
      'messagingChannels/OpenCX_Channel.messagingChannel',
    ]);
  });

  it('is changed by the calls for single components, which leave what they do not mention', async () => {
    const { metadata } = stage.org.connection;
    const change = {
      fullName: 'OpenCX_Channel',
      masterLabel: 'OpenCX',
      messagingChannelType: 'EmbeddedMessaging',
      sessionHandlerType: 'Flow',
    };
    expect(await metadata.update(typeNamed('MessagingChannel'), change as never)).toMatchObject({ success: true });
    expect(await metadata.read(typeNamed('MessagingChannel'), 'OpenCX_Channel')).toMatchObject({
      masterLabel: 'OpenCX',
      embeddedConfig: { authMode: 'Auth' },
    });
    expect(await metadata.delete(typeNamed('MessagingChannel'), 'OpenCX_Channel')).toMatchObject({
      success: false,
      errors: [{ message: expect.stringContaining('Embedded Service Deployment - OpenCX') as string }],
    });
    expect(await metadata.delete(typeNamed('EmbeddedServiceConfig'), 'OpenCX')).toMatchObject({ success: true });
    expect(await metadata.delete(typeNamed('MessagingChannel'), 'OpenCX_Channel')).toMatchObject({ success: true });
  });
});

describe('an API version before 62', () => {
  it('reads and retrieves a channel without its configuration', async () => {
    const channel = await old('60.0').metadata.read(typeNamed('MessagingChannel'), 'OpenCX_Channel');
    expect(channel).toMatchObject({ masterLabel: 'OpenCX_Channel' });
    expect(channel).not.toHaveProperty('embeddedConfig');
    const types = [{ members: ['OpenCX_Channel'], name: 'MessagingChannel' }];
    const retrieve = async (version: string): Promise<string> => {
      const { metadata } = stage.org.connection;
      const request = { apiVersion: version, unpackaged: { types, version } };
      const { zipFile } = await metadata.retrieve(request as never).complete();
      const { unzipSync } = await import('fflate');
      const files = unzipSync(Buffer.from(zipFile, 'base64'));
      return Buffer.from(files['unpackaged/messagingChannels/OpenCX_Channel.messagingChannel'] ?? []).toString();
    };
    expect(await retrieve('60.0')).not.toContain('embeddedConfig');
    expect(await retrieve('62.0')).toContain('<authMode>Auth</authMode>');
  });

  it('does not know keys and keysets', async () => {
    await expect(old('61.0').metadata.read(typeNamed('PublicKeyCertificateSet'), 'OpenCX_Keyset')).rejects.toThrow(
      'Unknown type:PublicKeyCertificateSet',
    );
  });

  it('does not take what it does not know', async () => {
    const deploy = async (members: Record<string, string[]>, files = {}): Promise<unknown> => {
      const zip = zipOf({ 'package.xml': manifest(members, '61.0'), ...files });
      const { details } = await stage.org.connection.metadata.deploy(zip, { singlePackage: true }).complete(true);
      return [details.componentFailures].flat().map(({ problem }) => problem);
    };
    const options = {
      authMode: 'UnAuth',
      parameters: openCxParameters,
      handler: 'Flow',
      queue: 'OpenCX_Fallback',
    } as const;
    expect(await deploy({ MessagingChannel: ['OpenCX_Channel'] }, channelFile('OpenCX_Channel', options))).toEqual([
      expect.stringContaining('embeddedConfig invalid at this location in type MessagingChannel'),
    ]);
    expect(await deploy({ PublicKeyCertificate: ['Key'] })).toEqual([
      "Unknown type name 'PublicKeyCertificate' specified in package.xml",
    ]);
  });
});
