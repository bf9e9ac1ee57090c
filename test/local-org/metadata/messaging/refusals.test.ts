import { generateKeyPairSync } from 'node:crypto';

import { beforeEach, describe, expect, it } from 'vitest';

import { issueCertificate } from '../../../../src/messaging/keys/certificate.ts';
import {
  channelFile,
  deploymentFile,
  keyFile,
  keysetFile,
  openCxParameters,
  queueFile,
} from '../../messaging/messaging-files.ts';
import type { ChannelOptions } from '../../messaging/messaging-files.ts';
import { deployMessaging, newKey } from '../../messaging/messaging-package.ts';
import type { PackageFiles } from '../package-zip.ts';
import { metadataFile } from '../package-zip.ts';
import { deployFiles, metadataOrg } from '../settings-org.ts';

const stage = metadataOrg();
const problemsOf = async (type: string, name: string, files: PackageFiles): Promise<string[]> =>
  (await deployFiles(stage.org, { [type]: [name] }, files)).problems;

const day = 86_400_000;
const key = await newKey();
const jwk = { ...key.jwk };
const shortLived = await newKey(Date.now(), 9);
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
const short = await issueCertificate({
  pair: { privateKey, publicKey },
  commonName: 'short',
  now: Date.now(),
  days: 365,
});
const notYet = await newKey(Date.now() + 2 * day);

describe('a key', () => {
  const { kid: _kid, ...withoutKid } = jwk;
  const { x5c: _x5c, ...withoutCertificate } = jwk;

  it.each([
    ['that is not JSON', '-----BEGIN PUBLIC KEY-----', /is not a JSON object/],
    ['that is a list', JSON.stringify([jwk]), /is not a JSON object/],
    ['that is a set', JSON.stringify({ keys: [jwk] }), /not a set with "keys"/],
    ['without kid', JSON.stringify(withoutKid), /lacks kid/],
    ['without a certificate', JSON.stringify(withoutCertificate), /lacks x5c/],
    ['of another kind', JSON.stringify({ ...jwk, kty: 'EC' }), /kty RSA/],
    ['of another algorithm', JSON.stringify({ ...jwk, alg: 'PS256' }), /RS256 or RS512/],
    ['with a private exponent', JSON.stringify({ ...jwk, d: 'c2VjcmV0' }), /private member: d/],
    ['with a private prime', JSON.stringify({ ...jwk, p: 'c2VjcmV0' }), /private member: p/],
    ['whose certificate is none', JSON.stringify({ ...jwk, x5c: ['AAAA'] }), /no X\.509 certificate/],
    [
      'whose certificate is base64url',
      JSON.stringify({ ...jwk, x5c: [Buffer.from(jwk.x5c[0], 'base64').toString('base64url')] }),
      /no X\.509 certificate/,
    ],
    ['of too few bits', JSON.stringify({ ...jwk, x5c: [short.raw.toString('base64')] }), /2048 bits or more/],
    ['whose certificate is of another key', JSON.stringify({ ...jwk, x5c: notYet.jwk.x5c }), /n of the JSON web key/],
    ['whose certificate ends within ten days', JSON.stringify(shortLived.jwk), /at least 10 more days/],
    ['whose certificate is not valid yet', JSON.stringify(notYet.jwk), /not valid yet/],
  ])('%s is refused', async (_what, text, said) => {
    const problems = await problemsOf('PublicKeyCertificate', 'Key', keyFile('Key', text));
    expect(problems).toEqual([expect.stringMatching(said)]);
    expect(problems[0]).not.toContain('c2VjcmV0');
  });

  it.each([
    ['with the placeholders of the key generator', JSON.stringify(jwk)],
    ['with what is required and no more', JSON.stringify({ kty: 'RSA', kid: 'k', alg: 'RS512', x5c: jwk.x5c })],
  ])('%s is taken', async (_what, text) => {
    expect(await problemsOf('PublicKeyCertificate', 'Key', keyFile('Key', text))).toEqual([]);
  });

  it('needs a JSON web key, and elements that the type has', async () => {
    const file = (lines: string[]): PackageFiles => ({
      'PublicKeyCertificate/Key.PublicKeyCertificate': metadataFile('PublicKeyCertificate', [
        ...lines,
        '<masterLabel>Key</masterLabel>',
      ]),
    });
    expect(await problemsOf('PublicKeyCertificate', 'Key', file([]))).toEqual([
      'PublicKeyCertificate Key: Required field is missing: jsonWebKey',
    ]);
    expect(await problemsOf('PublicKeyCertificate', 'Key', file(['<pem>x</pem>']))).toEqual([
      expect.stringContaining('pem invalid at this location in type PublicKeyCertificate'),
    ]);
  });
});

describe('a keyset', () => {
  const keyset = (lines: string[]): PackageFiles => ({
    'PublicKeyCertificateSet/Set.PublicKeyCertificateSet': metadataFile('PublicKeyCertificateSet', lines),
  });
  const label = '<masterLabel>Set</masterLabel>';
  const issuer = '<jwtIssuer>https://issuer.example.com</jwtIssuer>';
  const url = '<jwksEndPoint>https://keys.example.com/jwks</jwksEndPoint>';

  it.each([
    ['without an issuer', [label, '<type>JWKS</type>'], /Required field is missing: jwtIssuer/],
    ['without keys', [issuer, label, '<type>JWKS</type>'], /missing: publicKeyCertificateSetKeys/],
    ['with an endpoint beside its keys', [url, issuer, label, '<type>JWKS</type>'], /can't configure JWKS_URL/],
    ['of a URL without one', [issuer, label, '<type>JWKS_URL</type>'], /missing: jwksEndPoint/],
    ['of another type', [issuer, label, '<type>JwksUrl</type>'], /'JwksUrl' is not a valid value for the enum/],
  ])('%s is refused', async (_what, lines, said) => {
    expect(await problemsOf('PublicKeyCertificateSet', 'Set', keyset(lines))).toEqual([expect.stringMatching(said)]);
  });

  it('names keys that are there', async () => {
    expect(
      await problemsOf('PublicKeyCertificateSet', 'Set', keysetFile('Set', ['Nowhere'], 'https://issuer.example.com')),
    ).toEqual([expect.stringContaining('no PublicKeyCertificate named Nowhere found')]);
  });

  it('of a URL is kept', async () => {
    const lines = [url, issuer, label, '<type>JWKS_URL</type>'];
    expect(await problemsOf('PublicKeyCertificateSet', 'Set', keyset(lines))).toEqual([]);
    expect(await stage.org.connection.metadata.read('PublicKeyCertificateSet' as 'Flow', 'Set')).toMatchObject({
      type: 'JWKS_URL',
      jwksEndPoint: 'https://keys.example.com/jwks',
    });
  });
});

describe('a channel', () => {
  const options: ChannelOptions = {
    authMode: 'Auth',
    keyset: 'OpenCX_Keyset',
    parameters: openCxParameters,
    handler: 'Flow',
    queue: 'OpenCX_Fallback',
  };
  const channel = (changes: Partial<ChannelOptions>): PackageFiles => channelFile('Other', { ...options, ...changes });
  const parameter = { name: 'Topic', maxLength: 10 };

  beforeEach(async () => {
    await deployMessaging(stage.org, { key });
    await deployFiles(stage.org, { Queue: ['Cases'] }, queueFile('Cases', [], ['Case']));
  });

  it.each([
    ['whose keyset is not there', channel({ keyset: 'Nowhere' }), /no PublicKeyCertificateSet named Nowhere/],
    ['whose queue is not there', channel({ queue: 'Nowhere' }), /no Queue named Nowhere/],
    ['whose queue is for cases', channel({ queue: 'Cases' }), /Cases does not support MessagingSession/],
    [
      'that is synchronous and verified',
      channel({ more: ['<isSynchronousChatEnabled>true</isSynchronousChatEnabled>'] }),
      /isSynchronousChatEnabled must be false/,
    ],
    [
      'whose tokens live too long',
      channel({ config: ['<verifiedUserJwtExpirationTime>361</verifiedUserJwtExpirationTime>'] }),
      /from 60 to 360: 361/,
    ],
    [
      'whose anonymous tokens live too short',
      channel({ config: ['<anonymousUserJwtExpirationTime>59</anonymousUserJwtExpirationTime>'] }),
      /from 60 to 4320: 59/,
    ],
    [
      'with a parameter twice',
      channel({ parameters: [parameter, { ...parameter, externalName: 'topic2' }] }),
      /name topic/,
    ],
    [
      'with a variable name twice',
      channel({ parameters: [parameter, { ...parameter, name: 'Topic2', externalName: 'topic' }] }),
      /externalParameterName topic/,
    ],
    ['with a reserved name', channel({ parameters: [{ ...parameter, externalName: '_email' }] }), /_email is reserved/],
    ['with text of no length', channel({ parameters: [{ name: 'Topic' }] }), /Required field is missing: maxLength/],
    ['with text too long', channel({ parameters: [{ name: 'Topic', maxLength: 256 }] }), /from 1 to 255: 256/],
    ['with a date', channel({ parameters: [{ name: 'Day', dataType: 'Date' }] }), /NOT_IMPLEMENTED.*type Date/],
  ])('%s is refused', async (_what, files, said) => {
    expect(await problemsOf('MessagingChannel', 'Other', files)).toEqual([expect.stringMatching(said)]);
  });

  it.each([
    ['sessionHandlerType', 'User', 'the session handler type User'],
    ['messagingChannelType', 'WhatsApp', 'messaging channels of type WhatsApp'],
  ])('is refused by name where its %s is %s', async (element, value, said) => {
    const [[path, text] = ['', '']] = Object.entries(channel({}));
    const changed = text.replace(new RegExp(`<${element}>\\w+<`), `<${element}>${value}<`);
    expect(await problemsOf('MessagingChannel', 'Other', { [path]: changed })).toEqual([
      expect.stringContaining(`LOCAL_ORG_NOT_IMPLEMENTED: The local org does not implement ${said}`),
    ]);
  });

  it.each([
    ['a mode that is none', '<authMode>Auth<', '<authMode>Maybe<', /authMode: bad value/],
    ['an identifier that begins with a digit', '<authIdentifier>', '<authIdentifier>1', /authIdentifier must begin/],
    ['a flow that is not there', 'OpenCX_Messaging_Routing', 'Nowhere', /no Flow named Nowhere/],
    ['no flow', '<sessionHandlerFlow>OpenCX_Messaging_Routing</sessionHandlerFlow>', '', /missing: sessionHandlerFlow/],
    ['no queue', '<sessionHandlerQueue>OpenCX_Fallback</sessionHandlerQueue>', '', /missing: sessionHandlerQueue/],
    ['an element of its own', '<masterLabel>', '<colour>red</colour><masterLabel>', /colour invalid at this location/],
  ])('with %s is refused', async (_what, from, to, said) => {
    const [[path, text] = ['', '']] = Object.entries(channel({}));
    expect(await problemsOf('MessagingChannel', 'Other', { [path]: text.replace(from, to) })).toEqual([
      expect.stringMatching(said),
    ]);
  });
});

describe('a deployment', () => {
  beforeEach(async () => {
    await deployMessaging(stage.org, { key });
  });

  it.each([
    ['whose channel is not there', deploymentFile('Other', 'Nowhere'), /no MessagingChannel named Nowhere found/],
    ['of an unknown type', deploymentFile('Other', 'OpenCX_Channel', 'Api'), /'Api' is not a valid value for the enum/],
    [
      'of an agent for employees',
      deploymentFile('Other', 'OpenCX_Channel', 'InternalCopilot'),
      /NOT_IMPLEMENTED.*type InternalCopilot/,
    ],
  ])('%s is refused', async (_what, files, said) => {
    expect(await problemsOf('EmbeddedServiceConfig', 'Other', files)).toEqual([expect.stringMatching(said)]);
  });

  it('has a form of parameters that its channel has', async () => {
    const field = (name: string): string =>
      `<embeddedServiceForms><displayContext>Session</displayContext><embeddedServiceFormFields><displayOrder>0</displayOrder><formField>${name}</formField><formFieldType>Text</formFieldType><messagingChannelParameterType>Custom</messagingChannelParameterType></embeddedServiceFormFields></embeddedServiceForms>`;
    const [[path, text] = ['', '']] = Object.entries(deploymentFile('Other', 'OpenCX_Channel'));
    const withForm = (name: string): PackageFiles => ({
      [path]: text.replace('<isEnabled>true</isEnabled>\n', `${field(name)}<isEnabled>true</isEnabled>\n`),
    });
    expect(await problemsOf('EmbeddedServiceConfig', 'Other', withForm('Origin'))).toEqual([]);
    expect(await problemsOf('EmbeddedServiceConfig', 'Other', withForm('Nothing'))).toEqual([
      expect.stringContaining('In field: formField'),
    ]);
  });
});
